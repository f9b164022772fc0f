package io.parquetflow;

import io.parquetflow.column.BatchWriter;
import io.parquetflow.column.ColumnValues;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Rows for a {@link ColumnarWriter}, column by column. A column is its values, dense, without the nulls, and for
 * optional or repeated columns the levels that say where the values belong (Parquet format, "Nested Encoding"): an entry
 * for each value, each null and each empty list.
 *
 * <p>Columns are numbered in the order of {@code schema.getColumns()}; {@link ColumnarWriter#column} finds the number of
 * a path. Nothing is copied before {@link ColumnarWriter#write}, which checks the batch as a whole; arrays may be used
 * again after it. To use a batch again, begin with {@link #rows}.
 *
 * <p>Not thread-safe.
 */
public final class ColumnBatch {
    private final BatchWriter writer;
    private final List<ColumnValues> columns;
    private int rows;

    ColumnBatch(BatchWriter writer) {
        this.writer = writer;
        this.columns = writer.batch();
    }

    boolean isOf(BatchWriter other) {
        return writer == other;
    }

    List<ColumnValues> columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /**
     * Begins anew.
     *
     * @param count rows of the batch, 0 or more
     * @return this
     */
    public ColumnBatch rows(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a batch of rows=" + count);
        }
        columns.forEach(ColumnValues::clear);
        rows = count;
        return this;
    }

    /**
     * Values of a BOOLEAN column.
     *
     * @param column its number
     * @param values {@code values.length ==} number of full definition levels, or rows
     * @return this
     */
    public ColumnBatch booleans(int column, boolean... values) {
        return booleans(column, values, values.length);
    }

    /**
     * Values of a BOOLEAN column.
     *
     * @param column its number
     * @param values at least {@code count}
     * @param count values
     * @return this
     */
    public ColumnBatch booleans(int column, boolean[] values, int count) {
        columns.get(column).set(values, PrimitiveTypeName.BOOLEAN, values.length, count);
        return this;
    }

    /**
     * Values of an INT32 column.
     *
     * @param column its number
     * @param values {@code values.length ==} number of full definition levels, or rows
     * @return this
     */
    public ColumnBatch ints(int column, int... values) {
        return ints(column, values, values.length);
    }

    /**
     * Values of an INT32 column.
     *
     * @param column its number
     * @param values at least {@code count}
     * @param count values
     * @return this
     */
    public ColumnBatch ints(int column, int[] values, int count) {
        columns.get(column).set(values, PrimitiveTypeName.INT32, values.length, count);
        return this;
    }

    /**
     * Values of an INT64 column.
     *
     * @param column its number
     * @param values {@code values.length ==} number of full definition levels, or rows
     * @return this
     */
    public ColumnBatch longs(int column, long... values) {
        return longs(column, values, values.length);
    }

    /**
     * Values of an INT64 column.
     *
     * @param column its number
     * @param values at least {@code count}
     * @param count values
     * @return this
     */
    public ColumnBatch longs(int column, long[] values, int count) {
        columns.get(column).set(values, PrimitiveTypeName.INT64, values.length, count);
        return this;
    }

    /**
     * Values of a FLOAT column.
     *
     * @param column its number
     * @param values {@code values.length ==} number of full definition levels, or rows
     * @return this
     */
    public ColumnBatch floats(int column, float... values) {
        return floats(column, values, values.length);
    }

    /**
     * Values of a FLOAT column.
     *
     * @param column its number
     * @param values at least {@code count}
     * @param count values
     * @return this
     */
    public ColumnBatch floats(int column, float[] values, int count) {
        columns.get(column).set(values, PrimitiveTypeName.FLOAT, values.length, count);
        return this;
    }

    /**
     * Values of a DOUBLE column.
     *
     * @param column its number
     * @param values {@code values.length ==} number of full definition levels, or rows
     * @return this
     */
    public ColumnBatch doubles(int column, double... values) {
        return doubles(column, values, values.length);
    }

    /**
     * Values of a DOUBLE column.
     *
     * @param column its number
     * @param values at least {@code count}
     * @param count values
     * @return this
     */
    public ColumnBatch doubles(int column, double[] values, int count) {
        columns.get(column).set(values, PrimitiveTypeName.DOUBLE, values.length, count);
        return this;
    }

    /**
     * Values of a BYTE_ARRAY column.
     *
     * @param column its number
     * @param bytes value {@code i} lies from {@code offsets[i]} to {@code offsets[i + 1]}
     * @param offsets {@code offsets.length ==} values + 1, ascending
     * @return this
     */
    public ColumnBatch binary(int column, byte[] bytes, int... offsets) {
        return binary(column, ByteBuffer.wrap(bytes), offsets);
    }

    /**
     * Values of a BYTE_ARRAY column.
     *
     * @param column its number
     * @param bytes from its position on, heap or direct; value {@code i} lies from {@code offsets[i]} to
     *     {@code offsets[i + 1]}
     * @param offsets {@code offsets.length ==} values + 1, ascending
     * @return this
     */
    public ColumnBatch binary(int column, ByteBuffer bytes, int... offsets) {
        return binary(column, bytes, offsets, offsets.length - 1);
    }

    /**
     * Values of a BYTE_ARRAY column.
     *
     * @param column its number
     * @param bytes from its position on, heap or direct
     * @param offsets at least {@code count + 1}, ascending
     * @param count values
     * @return this
     */
    public ColumnBatch binary(int column, ByteBuffer bytes, int[] offsets, int count) {
        columns.get(column).setBinary(bytes, offsets, count);
        return this;
    }

    /**
     * Values of a FIXED_LEN_BYTE_ARRAY or INT96 column.
     *
     * @param column its number
     * @param bytes one value behind the other, {@code bytes.length ==} values x length of the type
     * @return this
     */
    public ColumnBatch fixed(int column, byte[] bytes) {
        return fixed(column, ByteBuffer.wrap(bytes));
    }

    /**
     * Values of a FIXED_LEN_BYTE_ARRAY or INT96 column.
     *
     * @param column its number
     * @param bytes one value behind the other, from position to limit
     * @return this
     */
    public ColumnBatch fixed(int column, ByteBuffer bytes) {
        ColumnValues values = columns.get(column);
        values.setFixed(bytes, values.fixedCount(bytes.remaining()));
        return this;
    }

    /**
     * Definition levels of a column that is optional or repeated, or below something that is.
     *
     * @param column its number
     * @param levels one an entry, 0 to the column's largest
     * @return this
     */
    public ColumnBatch definitionLevels(int column, byte... levels) {
        return definitionLevels(column, levels, levels.length);
    }

    /**
     * Definition levels of a column that is optional or repeated, or below something that is.
     *
     * @param column its number
     * @param levels one an entry, 0 to the column's largest
     * @param count entries
     * @return this
     */
    public ColumnBatch definitionLevels(int column, byte[] levels, int count) {
        columns.get(column).setDefinition(levels, count);
        return this;
    }

    /**
     * Repetition levels of a column that is repeated, or below something that is.
     *
     * @param column its number
     * @param levels one an entry, 0 where a row begins
     * @return this
     */
    public ColumnBatch repetitionLevels(int column, byte... levels) {
        return repetitionLevels(column, levels, levels.length);
    }

    /**
     * Repetition levels of a column that is repeated, or below something that is.
     *
     * @param column its number
     * @param levels one an entry, 0 where a row begins
     * @param count entries
     * @return this
     */
    public ColumnBatch repetitionLevels(int column, byte[] levels, int count) {
        columns.get(column).setRepetition(levels, count);
        return this;
    }
}
