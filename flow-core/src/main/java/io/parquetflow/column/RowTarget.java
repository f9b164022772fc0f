package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * Takes the column values of rows from a {@link RowShredder}: leaf by leaf, and of each leaf first room, then its levels,
 * then its values, then the end of the row. Leaves are given by their index in the schema.
 *
 * <p>Not thread-safe: called by whoever shreds.
 */
public interface RowTarget {
    /**
     * Before anything else of a leaf of BYTE_ARRAY, unless it is flat and null.
     *
     * @param leaf its index
     * @param bytes of the leaf's values in this row
     */
    void makeRoom(int leaf, int bytes);

    /**
     * An entry of a leaf that has levels.
     *
     * @param leaf its index
     * @param repetition level, 0 where the leaf has none
     * @param definition level; at the largest, a value follows
     */
    void addLevels(int leaf, int repetition, int definition);

    /**
     * A value of BOOLEAN.
     *
     * @param leaf its index
     * @param value the value
     */
    void addBoolean(int leaf, boolean value);

    /**
     * A value of INT32.
     *
     * @param leaf its index
     * @param value the value
     */
    void addInt(int leaf, int value);

    /**
     * A value of INT64.
     *
     * @param leaf its index
     * @param value the value
     */
    void addLong(int leaf, long value);

    /**
     * A value of FLOAT.
     *
     * @param leaf its index
     * @param value the value
     */
    void addFloat(int leaf, float value);

    /**
     * A value of DOUBLE.
     *
     * @param leaf its index
     * @param value the value
     */
    void addDouble(int leaf, double value);

    /**
     * A value of BYTE_ARRAY.
     *
     * @param leaf its index
     * @param from memory, to be copied
     * @param at index of the first byte
     * @param length bytes
     */
    void addBinary(int leaf, ByteBuffer from, int at, int length);

    /**
     * A value of FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param leaf its index
     * @param from memory, to be copied
     * @param at index of the first byte; how many is in the type
     */
    void addFixed(int leaf, ByteBuffer from, int at);

    /**
     * Rows in which the leaf is null, each complete.
     *
     * @param leaf its index, one that has levels
     * @param definition level, less than the leaf's largest
     * @param rows how many
     */
    default void addNulls(int leaf, int definition, int rows) {
        for (int i = 0; i < rows; i++) {
            addLevels(leaf, 0, definition);
            endRow(leaf);
        }
    }

    /**
     * The leaf's part of the row is complete.
     *
     * @param leaf its index
     */
    void endRow(int leaf);
}
