/** The Logback appender is not there yet: this package is empty until it works. */
package io.parquetflow.logback;
