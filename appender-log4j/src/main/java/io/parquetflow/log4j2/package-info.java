/** The Log4j 2 appender is not there yet: this package is empty until it works. */
package io.parquetflow.log4j2;
