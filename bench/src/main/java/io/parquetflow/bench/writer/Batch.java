package io.parquetflow.bench.writer;

import java.util.List;

/**
 * The rows of one row group, column by column.
 *
 * <p>Thread-safe: immutable.
 *
 * @param rows at least one
 * @param columns in the order of the schema
 */
record Batch(int rows, List<ColumnValues> columns) {
    long payloadBytes() {
        return columns.stream().mapToLong(ColumnValues::payloadBytes).sum();
    }
}
