/**
 * Hand over bytes without waiting; a background thread writes them as Parquet. Start with {@link io.parquetflow.LogSink}.
 */
package io.parquetflow;
