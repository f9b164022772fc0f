package io.parquetflow.bench.writer;

import io.parquetflow.spi.Codec;
import java.util.Locale;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.Type.Repetition;

/**
 * What every contender is to write.
 *
 * <p>Thread-safe: immutable.
 *
 * @param workload what the rows are
 * @param rows of the file
 * @param rowSize bytes of a payload; of a line about as many; without meaning for the other workloads
 * @param rowGroupRows of each row group but the last
 * @param repetition of every column
 * @param nullEvery every how manyth value is null where the columns are optional; 0 for none
 * @param codec of the pages
 * @param level of the codec, where it has levels
 * @param distinct row groups that differ
 * @param pageBytes of ours and of parquet-java's pages, before compression; 0 for each one's own
 * @param pageRows likewise
 */
record Task(
        Workload workload,
        long rows,
        int rowSize,
        int rowGroupRows,
        Repetition repetition,
        int nullEvery,
        Codec codec,
        int level,
        int distinct,
        int pageBytes,
        int pageRows) {
    private static final long MOST_ROWS = 10_000_000_000L;
    private static final int MOST_ROW_BYTES = 16 << 20;
    private static final int MOST_ROW_GROUP_ROWS = 16 << 20;
    private static final int MOST_DISTINCT = 4096;
    private static final int LEAST_PAGE_BYTES = 1 << 10;
    private static final int MOST_PAGE_BYTES = 1 << 20;
    private static final int MOST_PAGE_ROWS = 1_000_000;

    /** Offsets are ints, and a row group is made in memory, once on the heap and once beside it. */
    private static final long MOST_ROW_GROUP_BYTES = 1L << 30;

    Task {
        between("rows", rows, 1, MOST_ROWS);
        between("row-size", rowSize, 1, MOST_ROW_BYTES);
        between("row-group-rows", rowGroupRows, 1, MOST_ROW_GROUP_ROWS);
        between("null-every", nullEvery, 0, MOST_ROWS);
        between("distinct", distinct, 1, MOST_DISTINCT);
        between("page-bytes", pageBytes == 0 ? LEAST_PAGE_BYTES : pageBytes, LEAST_PAGE_BYTES, MOST_PAGE_BYTES);
        between("page-rows", pageRows == 0 ? 1 : pageRows, 1, MOST_PAGE_ROWS);
        if (codec == Codec.GZIP) {
            between("level", level, 1, 9);
        } else if (codec == Codec.ZSTD) {
            between("level", level, 1, 22);
        }
        long most = rowBytes(workload, rowSize) * (repetition == Repetition.REPEATED ? Levels.MOST_ELEMENTS : 1);
        if (workload.isBinary() && most * rowGroupRows > MOST_ROW_GROUP_BYTES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "row group too large: row-size=%d, row-group-rows=%d, bytes=%d, at most %d; ask for less of either",
                    rowSize,
                    rowGroupRows,
                    most * rowGroupRows,
                    MOST_ROW_GROUP_BYTES));
        }
    }

    /** Pages as each writer makes them by itself. */
    Task(
            Workload workload,
            long rows,
            int rowSize,
            int rowGroupRows,
            Repetition repetition,
            int nullEvery,
            Codec codec,
            int level,
            int distinct) {
        this(workload, rows, rowSize, rowGroupRows, repetition, nullEvery, codec, level, distinct, 0, 0);
    }

    Task withPages(int bytes, int rowsOfEach) {
        return new Task(
                workload,
                rows,
                rowSize,
                rowGroupRows,
                repetition,
                nullEvery,
                codec,
                level,
                distinct,
                bytes,
                rowsOfEach);
    }

    private static long rowBytes(Workload workload, int rowSize) {
        return workload == Workload.TEXT ? LogLines.mostBytes(rowSize) : rowSize;
    }

    private static void between(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " out of range: " + what + "=" + value + "; take " + least + " to " + most);
        }
    }

    CompressionCodecName codecName() {
        return CompressionCodecName.valueOf(codec.name());
    }

    boolean hasLevel() {
        return codec == Codec.GZIP || codec == Codec.ZSTD;
    }

    @Override
    public String toString() {
        String text = "workload=" + workload + " rows=" + rows
                + (workload.isBinary() ? " row_size=" + rowSize : "")
                + " row_group_rows=" + rowGroupRows + " repetition=" + repetition
                + (repetition == Repetition.OPTIONAL ? " null_every=" + nullEvery : "")
                + " compression=" + codec + (hasLevel() ? " level=" + level : "") + " distinct_row_groups=" + distinct
                + (pageBytes == 0 ? "" : " page_bytes=" + pageBytes)
                + (pageRows == 0 ? "" : " page_rows=" + pageRows);
        return text.toLowerCase(Locale.ROOT);
    }
}
