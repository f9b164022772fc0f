/** Log events as columns: their schema, and the way from a logging call to a packed row, shared by all appenders. */
package io.parquetflow.log;
