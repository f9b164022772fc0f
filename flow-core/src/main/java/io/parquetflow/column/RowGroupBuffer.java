package io.parquetflow.column;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that wait for their row group to be full: one chunk buffer a column, in the order of the schema.
 *
 * <p>Not thread-safe: the writer thread's. Lives as long as the sink.
 */
public final class RowGroupBuffer implements AutoCloseable {
    private final List<ColumnChunkBuffer> columns;
    private final PageCompressor compressor;
    private final DirectBytes scratch;
    private long rows;
    private long rawBytes;

    /**
     * Gathers columns.
     *
     * @param columns in the order of the schema
     * @param compressor shared by them, closed with this
     * @param scratch shared by them
     */
    public RowGroupBuffer(List<ColumnChunkBuffer> columns, PageCompressor compressor, DirectBytes scratch) {
        this.columns = List.copyOf(columns);
        this.compressor = compressor;
        this.scratch = scratch;
    }

    /**
     * After each row, when every column has had its value.
     *
     * @param bytes of the row before encoding
     */
    public void endRow(long bytes) {
        rows++;
        rawBytes += bytes;
    }

    /**
     * Rows in it.
     *
     * @return a count
     */
    public long rows() {
        return rows;
    }

    /**
     * Bytes in it before encoding, as {@link #endRow} was told.
     *
     * @return bytes
     */
    public long rawBytes() {
        return rawBytes;
    }

    /**
     * Memory taken from the machine, on the heap and off.
     *
     * @return bytes
     */
    public long memoryBytes() {
        long sum = scratch.capacity();
        for (ColumnChunkBuffer column : columns) {
            sum += column.memoryBytes();
        }
        return sum;
    }

    /**
     * Writes the chunks, one after the other. The rows stay: after an error they can be written again.
     *
     * @param target where to
     * @return one entry a column
     * @throws IOException when the target refuses
     */
    public List<WrittenChunk> writeTo(ChunkTarget target) throws IOException {
        List<WrittenChunk> written = new ArrayList<>(columns.size());
        for (ColumnChunkBuffer column : columns) {
            column.finish();
            written.add(column.writeTo(target));
        }
        return written;
    }

    /** Forgets the rows; the memory stays. */
    public void reset() {
        for (ColumnChunkBuffer column : columns) {
            column.reset();
        }
        rows = 0;
        rawBytes = 0;
    }

    @Override
    public void close() {
        compressor.close();
    }
}
