package io.parquetflow.bench.writer;

import java.util.List;

/**
 * What is in a file, in short: two files with equal contents hold the same values, nulls and lists in the same order.
 *
 * <p>Thread-safe: immutable.
 *
 * @param columns in the order of the schema
 */
record Contents(List<Column> columns) {
    /**
     * One column.
     *
     * @param rows that begin in it
     * @param values without nulls
     * @param bytes of them
     * @param valuesCrc of their bytes, one after the other
     * @param shapeCrc of where rows begin, what is null, and how long each value is
     */
    record Column(long rows, long values, long bytes, int valuesCrc, int shapeCrc) {}

    /** Fails with the name of who wrote something else. */
    void mustEqual(Contents expected, String writer) {
        if (!equals(expected)) {
            throw new IllegalStateException(writer + " wrote other values: expected=" + expected + ", found=" + this);
        }
    }
}
