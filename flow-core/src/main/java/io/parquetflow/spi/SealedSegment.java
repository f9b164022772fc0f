package io.parquetflow.spi;

import java.nio.file.Path;
import java.util.List;

/**
 * A segment that has its final name.
 *
 * @param path the file
 * @param rows rows in it
 * @param bytes length of the file
 * @param firstSeq {@code seq} of the first row, -1 without rows
 * @param lastSeq {@code seq} of the last row, -1 without rows
 * @param columns one entry a leaf column, in the order of the schema
 */
public record SealedSegment(
        Path path, long rows, long bytes, long firstSeq, long lastSeq, List<ColumnStatistics> columns) {
    /**
     * Statistics of one column over all row groups.
     *
     * @param column dotted path
     * @param values values, nulls included
     * @param nulls nulls
     * @param min smallest value as the Parquet library prints it, long binary values cut; null where unknown
     * @param max largest value, long binary values cut; null where unknown
     * @param uncompressedBytes of its pages, headers included
     * @param compressedBytes of its pages, headers included
     */
    public record ColumnStatistics(
            String column,
            long values,
            long nulls,
            String min,
            String max,
            long uncompressedBytes,
            long compressedBytes) {}
}
