/** The ring: one CAS and one marker store per record. The only place that knows the Disruptor. */
package io.parquetflow.ring;
