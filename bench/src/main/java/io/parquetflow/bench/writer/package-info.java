/** The writer benchmark: the same rows, written by several writers in turns, read back and compared before anything is timed. */
package io.parquetflow.bench.writer;
