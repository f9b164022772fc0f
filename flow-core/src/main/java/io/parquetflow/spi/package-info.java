/** What users implement, fill in or are told: configuration, listeners, diagnostics and their values. */
package io.parquetflow.spi;
