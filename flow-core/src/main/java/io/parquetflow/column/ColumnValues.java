package io.parquetflow.column;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One column of a batch: dense values, without nulls, and the levels that say where they belong. Holds the caller's
 * arrays, copies nothing.
 *
 * <p>Not thread-safe.
 */
public final class ColumnValues {
    private final ColumnDescriptor column;
    private final PrimitiveTypeName type;
    private final int width;
    private Object array;
    private ByteBuffer bytes;
    private int[] offsets;
    private int count;
    private byte[] definition;
    private int definitions;
    private byte[] repetition;
    private int repetitions;

    // How much of it has been taken.
    private int nextEntry;
    private int nextValue;

    ColumnValues(ColumnDescriptor column) {
        this.column = column;
        this.type = column.getPrimitiveType().getPrimitiveTypeName();
        this.width = width(column);
    }

    private static int width(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> column.getPrimitiveType().getTypeLength();
            case BINARY -> 0;
        };
    }

    /** Forgets the caller's arrays. */
    public void clear() {
        array = null;
        bytes = null;
        offsets = null;
        count = 0;
        definition = null;
        definitions = 0;
        repetition = null;
        repetitions = 0;
        rewind();
    }

    void rewind() {
        nextEntry = 0;
        nextValue = 0;
    }

    /**
     * Sets values of BOOLEAN, INT32, INT64, FLOAT or DOUBLE.
     *
     * @param values {@code boolean[]}, {@code int[]}, {@code long[]}, {@code float[]} or {@code double[]}
     * @param wanted the column's type has to be this
     * @param length of the array
     * @param newCount how many of them are values
     */
    public void set(Object values, PrimitiveTypeName wanted, int length, int newCount) {
        checkType(type == wanted, wanted);
        checkCount(newCount, length, "values");
        array = values;
        count = newCount;
    }

    /**
     * Sets values of FIXED_LEN_BYTE_ARRAY or INT96, one behind the other.
     *
     * @param values what lies between position and limit
     * @param newCount how many values
     */
    public void setFixed(ByteBuffer values, int newCount) {
        checkType(
                type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY || type == PrimitiveTypeName.INT96,
                PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
        checkCount(newCount, values.remaining() / width, "values");
        bytes = values.slice().order(ByteOrder.LITTLE_ENDIAN);
        count = newCount;
    }

    /**
     * The values of FIXED_LEN_BYTE_ARRAY or INT96 that so many bytes are.
     *
     * @param length bytes
     * @return a count
     * @throws IllegalArgumentException when they are not a whole number of values
     */
    public int fixedCount(int length) {
        checkType(width > 0, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
        if (length % width != 0) {
            throw bad("bytes=" + length + " are not a whole number of values of " + width);
        }
        return length / width;
    }

    /**
     * Sets values of BYTE_ARRAY.
     *
     * @param values value {@code i} is what lies from {@code offsets[i]} to {@code offsets[i + 1]}, from the buffer's
     *     position
     * @param newOffsets one more than values
     * @param newCount how many values
     */
    public void setBinary(ByteBuffer values, int[] newOffsets, int newCount) {
        checkType(type == PrimitiveTypeName.BINARY, PrimitiveTypeName.BINARY);
        checkCount(newCount, newOffsets.length - 1, "offsets");
        bytes = values.slice().order(ByteOrder.LITTLE_ENDIAN);
        offsets = newOffsets;
        count = newCount;
    }

    /**
     * Sets definition levels.
     *
     * @param levels one an entry
     * @param newCount entries
     */
    public void setDefinition(byte[] levels, int newCount) {
        checkCount(newCount, levels.length, "definition levels");
        definition = levels;
        definitions = newCount;
    }

    /**
     * Sets repetition levels.
     *
     * @param levels one an entry
     * @param newCount entries
     */
    public void setRepetition(byte[] levels, int newCount) {
        checkCount(newCount, levels.length, "repetition levels");
        repetition = levels;
        repetitions = newCount;
    }

    private void checkType(boolean fits, PrimitiveTypeName given) {
        if (!fits) {
            throw bad("it is of " + type + ", and not of " + given);
        }
    }

    private void checkCount(int wanted, int there, String what) {
        if (wanted < 0 || wanted > there) {
            throw bad(what + ": count=" + wanted + ", given=" + there);
        }
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("column " + name() + ": " + why);
    }

    String name() {
        return String.join(".", column.getPath());
    }

    ColumnDescriptor column() {
        return column;
    }

    int count() {
        return count;
    }

    int definitions() {
        return definitions;
    }

    int repetitions() {
        return repetitions;
    }

    byte[] definition() {
        return definition;
    }

    byte[] repetition() {
        return repetition;
    }

    int[] offsets() {
        return offsets;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    Object array() {
        return array;
    }

    boolean hasValues() {
        return array != null || bytes != null;
    }

    /** Puts repaired text in the place of what is not UTF-8: a copy, the caller's bytes stay as they are. */
    void repair(ValueRules rules) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.limit());
        int[] ends = new int[count + 1];
        byte[] value = {};
        for (int i = 0; i < count; i++) {
            int length = offsets[i + 1] - offsets[i];
            if (rules.allows(bytes, offsets[i], length)) {
                value = value.length == length ? value : new byte[length];
                bytes.get(offsets[i], value);
                out.writeBytes(value);
            } else {
                out.writeBytes(rules.repaired(bytes, offsets[i], length));
            }
            ends[i + 1] = out.size();
        }
        bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        offsets = ends;
    }

    /** Bytes of the whole batch, values in PLAIN and a byte a level. */
    long bytesOfAll() {
        return bytesOf(0, count) + definitions + repetitions;
    }

    /** Bytes of the next rows, values in PLAIN and a byte a level. */
    long bytesOfNext(int rows) {
        int entries = entriesOf(rows);
        int levels = (definition == null ? 0 : entries) + (repetition == null ? 0 : entries);
        return bytesOf(nextValue, valuesOf(entries)) + levels;
    }

    private long bytesOf(int from, int values) {
        return offsets == null
                ? (long) values * width
                : (long) values * Integer.BYTES + offsets[from + values] - offsets[from];
    }

    /** Moves the next rows into a chunk, page by page. */
    void moveTo(ColumnChunkBuffer chunk, int rows) {
        int left = rows;
        while (left > 0) {
            left -= movePiece(chunk, Math.min(left, chunk.rowsLeft()));
        }
    }

    /** As many of the rows as the open page has room for, at least one; it may need a page of its own. */
    private int movePiece(ColumnChunkBuffer chunk, int most) {
        int rows = most;
        int entries = entriesOf(rows);
        int values = valuesOf(entries);
        while (rows > 1 && bytesOf(nextValue, values) > chunk.bytesLeft()) {
            // Values are about the same size, mostly: take what would fit if they were.
            long fitting = rows * (long) Math.max(0, chunk.bytesLeft()) / bytesOf(nextValue, values);
            rows = (int) Math.max(1, Math.min(rows - 1, fitting));
            entries = entriesOf(rows);
            values = valuesOf(entries);
        }
        if (!chunk.isPageEmpty() && bytesOf(nextValue, values) > chunk.bytesLeft()) {
            chunk.closePage();
            return 0;
        }
        if (definition != null) {
            chunk.definition().addAll(definition, nextEntry, entries);
        }
        if (repetition != null) {
            chunk.repetition().addAll(repetition, nextEntry, entries);
        }
        addValues(chunk, values);
        nextEntry += entries;
        nextValue += values;
        chunk.endRows(rows);
        return rows;
    }

    /** Entries of the next rows: up to the entry that begins the row behind them. */
    private int entriesOf(int rows) {
        if (repetition == null) {
            return rows;
        }
        int begun = 0;
        int i = nextEntry;
        for (; i < repetitions; i++) {
            if (repetition[i] == 0 && ++begun > rows) {
                break;
            }
        }
        return i - nextEntry;
    }

    private int valuesOf(int entries) {
        return definition == null
                ? entries
                : LevelBuffer.countOf(definition, nextEntry, nextEntry + entries, column.getMaxDefinitionLevel());
    }

    private void addValues(ColumnChunkBuffer chunk, int values) {
        if (values == 0) {
            return;
        }
        switch (type) {
            case BOOLEAN -> chunk.booleans().addAll((boolean[]) array, nextValue, values);
            case INT32 -> chunk.ints().addAll((int[]) array, nextValue, values);
            case INT64 -> chunk.longs().addAll((long[]) array, nextValue, values);
            case FLOAT -> chunk.floats().addAll((float[]) array, nextValue, values);
            case DOUBLE -> chunk.doubles().addAll((double[]) array, nextValue, values);
            case BINARY -> chunk.binaries().addAll(bytes, offsets, nextValue, values);
            case INT96, FIXED_LEN_BYTE_ARRAY -> chunk.fixed().addAll(bytes, nextValue * width, values);
        }
    }
}
