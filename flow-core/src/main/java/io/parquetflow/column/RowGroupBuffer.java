package io.parquetflow.column;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * The rows that wait for their row group to be full: one chunk buffer a column, in the order of the schema.
 *
 * <p>Not thread-safe: the writer thread's. Lives as long as the sink.
 */
public final class RowGroupBuffer implements AutoCloseable {
    private static final int FIRST_CHUNK_BYTES = 4 << 10;

    private final List<ColumnChunkBuffer> columns;
    private final PageCompressors compressors;
    private final DirectBytes scratch;
    private Pending pending; // or null
    private long rows;
    private long rawBytes;

    /** What is not in the columns yet, though its rows are counted. */
    interface Pending {
        /** Puts it there. */
        void flush();

        /** Forgets it. */
        void clear();
    }

    /**
     * Gathers columns.
     *
     * @param columns in the order of the schema
     * @param compressors all that they use, closed with this
     * @param scratch shared by them
     */
    public RowGroupBuffer(List<ColumnChunkBuffer> columns, PageCompressors compressors, DirectBytes scratch) {
        this.columns = List.copyOf(columns);
        this.compressors = compressors;
        this.scratch = scratch;
    }

    /**
     * Makes a buffer for any schema.
     *
     * @param schema as {@link SchemaRules#prepare} gave it
     * @param options one entry a column
     * @param codec of columns that have none of their own
     * @param codecLevel of that codec
     * @param limits when a page is full
     * @return an empty buffer
     */
    public static RowGroupBuffer of(
            MessageType schema, List<ColumnOptions> options, Codec codec, int codecLevel, PageLimits limits) {
        List<ColumnDescriptor> descriptors = schema.getColumns(); // made anew each time it is asked for
        PageCompressors compressors = new PageCompressors(PageCompressor.of(codec, codecLevel));
        DirectBytes scratch = new DirectBytes(limits.bytes());
        List<ColumnChunkBuffer> columns = new ArrayList<>();
        try {
            for (int i = 0; i < options.size(); i++) {
                ColumnOptions own = options.get(i);
                columns.add(ColumnChunkBuffer.of(
                        descriptors.get(i), own, compressors.of(own), scratch, limits, FIRST_CHUNK_BYTES));
            }
        } catch (RuntimeException | Error e) {
            compressors.close();
            throw e;
        }
        return new RowGroupBuffer(columns, compressors, scratch);
    }

    /** Asked before the rows are written, and told when they are forgotten. */
    void pending(Pending columns) {
        pending = columns;
    }

    /**
     * A column's chunk.
     *
     * @param index in the order of the schema
     * @return where its rows go
     */
    public ColumnChunkBuffer column(int index) {
        return columns.get(index);
    }

    /**
     * Takes the next rows of a batch that was checked.
     *
     * @param batch one entry a column
     * @param batchRows how many rows
     */
    void append(List<ColumnValues> batch, int batchRows) {
        for (int i = 0; i < columns.size(); i++) {
            batch.get(i).moveTo(columns.get(i), batchRows);
        }
        rows += batchRows;
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
        if (pending != null) {
            pending.flush();
        }
        List<WrittenChunk> written = new ArrayList<>(columns.size());
        for (ColumnChunkBuffer column : columns) {
            column.finish();
            written.add(column.writeTo(target));
        }
        return written;
    }

    /** Forgets the rows; the memory stays. */
    public void reset() {
        if (pending != null) {
            pending.clear();
        }
        for (ColumnChunkBuffer column : columns) {
            column.reset();
        }
        rows = 0;
        rawBytes = 0;
    }

    @Override
    public void close() {
        compressors.close();
    }
}
