/**
 * Looking inside Parquet files: cat, head, schema, stats, verify, sql, logs. Reads with no Hadoop class, trusts no number in a
 * file before it has been compared with the file's size.
 */
package io.parquetflow.cli.inspect;
