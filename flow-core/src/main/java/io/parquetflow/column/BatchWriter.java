package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Cuts batches into row groups: checks a batch as a whole, then takes it piece by piece.
 *
 * <p>Not thread-safe.
 */
public final class BatchWriter implements AutoCloseable {
    private final MessageType schema;
    private final RowGroupBuffer group;
    private final long mostRows;
    private final long mostBytes;
    private final FullGroup full;
    private final BatchCheck check;
    private final ToIntFunction<String> index;
    private double groupBytes;

    /** Takes a row group that is full; it is emptied afterwards. */
    @FunctionalInterface
    public interface FullGroup {
        /**
         * Writes it.
         *
         * @param group not empty
         * @throws IOException when it cannot be written
         */
        void write(RowGroupBuffer group) throws IOException;
    }

    /**
     * Makes a writer.
     *
     * @param schema as {@link SchemaRules#prepare} gave it
     * @param options one entry a column
     * @param group for that schema, closed with this
     * @param mostRows of a row group
     * @param mostBytes of a row group before encoding
     * @param full where row groups go
     */
    public BatchWriter(
            MessageType schema,
            List<ColumnOptions> options,
            RowGroupBuffer group,
            long mostRows,
            long mostBytes,
            FullGroup full) {
        this.schema = schema;
        this.group = group;
        this.mostRows = mostRows;
        this.mostBytes = mostBytes;
        this.full = full;
        this.check = new BatchCheck(schema, options);
        this.index = SchemaRules.index(schema);
    }

    /**
     * An empty batch.
     *
     * @return one entry a column
     */
    public List<ColumnValues> batch() {
        List<ColumnValues> columns = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            columns.add(new ColumnValues(column));
        }
        return columns;
    }

    /**
     * A column's index.
     *
     * @param path dotted
     * @return in the order of the schema
     * @throws IllegalArgumentException when there is no such column
     */
    public int index(String path) {
        return index.applyAsInt(path);
    }

    /**
     * Takes a batch.
     *
     * @param batch one entry a column
     * @param rows how many rows it has
     * @throws IllegalArgumentException naming column and index of what is wrong; nothing of the batch is taken then
     * @throws IOException when a row group could not be written
     */
    public void write(List<ColumnValues> batch, int rows) throws IOException {
        check.check(batch, rows);
        long bytes = 0;
        for (ColumnValues column : batch) {
            column.rewind();
            bytes += column.valueBytes() + column.definitions() + column.repetitions();
        }
        double bytesPerRow = Math.max(1.0, (double) bytes / Math.max(1, rows));
        int left = rows;
        while (left > 0) {
            long byBytes = (long) ((mostBytes - groupBytes) / bytesPerRow);
            int piece = (int) Math.max(1, Math.min(left, Math.min(mostRows - group.rows(), byBytes)));
            group.append(batch, piece);
            groupBytes += piece * bytesPerRow;
            left -= piece;
            if (group.rows() >= mostRows || groupBytes + bytesPerRow > mostBytes) {
                flush();
            }
        }
    }

    /**
     * Ends the row group, if it has rows.
     *
     * @throws IOException when it cannot be written
     */
    public void flush() throws IOException {
        if (group.rows() > 0) {
            full.write(group);
            group.reset();
            groupBytes = 0;
        }
    }

    /**
     * Memory taken from the machine.
     *
     * @return bytes on the heap and off
     */
    public long memoryBytes() {
        return group.memoryBytes();
    }

    /**
     * Rows in the row group that is open.
     *
     * @return a count
     */
    public long openRows() {
        return group.rows();
    }

    @Override
    public void close() {
        group.close();
    }
}
