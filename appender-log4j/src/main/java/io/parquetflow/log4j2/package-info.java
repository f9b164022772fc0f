/** The Log4j 2 appender: Log4j's side of {@code io.parquetflow.log}. */
package io.parquetflow.log4j2;
