package io.parquetflow.spi;

import java.nio.ByteBuffer;

/**
 * Takes rows, value by value. Columns are numbered as the schema's leaves are, from 0, without the header columns. A
 * column that gets nothing is null, or an empty list; for a required one that is an error. Values in any order of the
 * columns.
 *
 * <p>For lists and anything nested: {@code add…} appends the next element of a column with one repeated level above it;
 * {@link #entry} with a {@code put…} after it says any levels (Parquet format, "Nested Encoding").
 *
 * <p>Every method throws {@code IllegalArgumentException} for a value that the column cannot take, naming the column, and
 * {@code IllegalStateException} for a second value in a column that takes one.
 *
 * <p>Not thread-safe.
 */
public interface RowAppender {
    /**
     * A BOOLEAN.
     *
     * @param column index of a leaf
     * @param value the value
     * @return this
     */
    RowAppender putBoolean(int column, boolean value);

    /**
     * An INT32.
     *
     * @param column index of a leaf
     * @param value the value
     * @return this
     */
    RowAppender putInt(int column, int value);

    /**
     * An INT64.
     *
     * @param column index of a leaf
     * @param value the value
     * @return this
     */
    RowAppender putLong(int column, long value);

    /**
     * A FLOAT.
     *
     * @param column index of a leaf
     * @param value the value
     * @return this
     */
    RowAppender putFloat(int column, float value);

    /**
     * A DOUBLE.
     *
     * @param column index of a leaf
     * @param value the value
     * @return this
     */
    RowAppender putDouble(int column, double value);

    /**
     * A BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column index of a leaf
     * @param bytes an array
     * @param at index of the first byte
     * @param length bytes
     * @return this
     */
    RowAppender putBytes(int column, byte[] bytes, int at, int length);

    /**
     * A BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column index of a leaf
     * @param bytes a buffer, neither moved nor kept
     * @param at index of the first byte
     * @param length bytes
     * @return this
     */
    RowAppender putBytes(int column, ByteBuffer bytes, int at, int length);

    /**
     * A BYTE_ARRAY of characters, UTF-8.
     *
     * @param column index of a leaf
     * @param value the characters
     * @return this
     */
    RowAppender putString(int column, CharSequence value);

    /**
     * No value.
     *
     * @param column index of a leaf
     * @return this
     */
    RowAppender putNull(int column);

    /**
     * The next element, a BOOLEAN.
     *
     * @param column index of a repeated leaf
     * @param value the value
     * @return this
     */
    RowAppender addBoolean(int column, boolean value);

    /**
     * The next element, an INT32.
     *
     * @param column index of a repeated leaf
     * @param value the value
     * @return this
     */
    RowAppender addInt(int column, int value);

    /**
     * The next element, an INT64.
     *
     * @param column index of a repeated leaf
     * @param value the value
     * @return this
     */
    RowAppender addLong(int column, long value);

    /**
     * The next element, a FLOAT.
     *
     * @param column index of a repeated leaf
     * @param value the value
     * @return this
     */
    RowAppender addFloat(int column, float value);

    /**
     * The next element, a DOUBLE.
     *
     * @param column index of a repeated leaf
     * @param value the value
     * @return this
     */
    RowAppender addDouble(int column, double value);

    /**
     * The next element, a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column index of a repeated leaf
     * @param bytes an array
     * @param at index of the first byte
     * @param length bytes
     * @return this
     */
    RowAppender addBytes(int column, byte[] bytes, int at, int length);

    /**
     * The next element, characters as UTF-8.
     *
     * @param column index of a repeated leaf
     * @param value the characters
     * @return this
     */
    RowAppender addString(int column, CharSequence value);

    /**
     * The levels of the column's next entry. Where the definition level is the column's largest, a {@code put…} follows.
     *
     * @param column index of a leaf
     * @param repetitionLevel 0 for the first entry of a row
     * @param definitionLevel 0 to the column's largest
     * @return this
     */
    RowAppender entry(int column, int repetitionLevel, int definitionLevel);

    /**
     * Ends the row; the next value begins another.
     *
     * @throws IllegalStateException naming the required columns that have no value, or columns whose levels disagree
     */
    void endRow();
}
