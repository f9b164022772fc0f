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
    private long groupBytes;

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
     * Checks a batch as a whole; nothing is taken.
     *
     * @param batch one entry a column
     * @param rows how many rows it has
     * @throws IllegalArgumentException naming column and index of what is wrong
     */
    public void check(List<ColumnValues> batch, int rows) {
        check.check(batch, rows);
    }

    /**
     * Takes a batch that was checked.
     *
     * @param batch one entry a column
     * @param rows how many rows it has
     * @throws IOException when a row group could not be written
     */
    public void take(List<ColumnValues> batch, int rows) throws IOException {
        batch.forEach(ColumnValues::rewind);
        long perRow = Math.max(1, bytesOfAll(batch) / Math.max(1, rows));
        int left = rows;
        while (left > 0) {
            long room = mostBytes - groupBytes;
            // The average says how much to look at, so that a large batch is not measured again for each row group; but
            // rows
            // may be of any size, and what is taken was measured.
            int piece = (int) Math.min(Math.min(left, mostRows - group.rows()), Math.max(1, room / perRow));
            long bytes = piece == rows ? bytesOfAll(batch) : bytesOfNext(batch, piece);
            while (piece > 1 && bytes > room) {
                piece = (int) Math.max(1, Math.min(piece / 2, room * piece / bytes));
                bytes = bytesOfNext(batch, piece);
            }
            if (bytes > room && group.rows() > 0) {
                flush();
                continue;
            }
            group.append(batch, piece);
            groupBytes += bytes;
            left -= piece;
            if (group.rows() >= mostRows || groupBytes + perRow > mostBytes) {
                flush();
            }
        }
    }

    private static long bytesOfAll(List<ColumnValues> batch) {
        long bytes = 0;
        for (ColumnValues column : batch) {
            bytes += column.bytesOfAll();
        }
        return bytes;
    }

    private static long bytesOfNext(List<ColumnValues> batch, int rows) {
        long bytes = 0;
        for (ColumnValues column : batch) {
            bytes += column.bytesOfNext(rows);
        }
        return bytes;
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

    @Override
    public void close() {
        group.close();
    }
}
