package io.parquetflow.column;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Builds one row as {@link RecordLayout} has it, column by column, and answers for it: a row that {@link #finish} lets
 * pass has every required value, every value is one that its type allows, and its levels are such that any reader puts the
 * row together again.
 *
 * <p>A column is its index in {@code schema().getColumns()}. Three ways to fill one:
 *
 * <ul>
 *   <li>{@code put…}: the value of a column where nothing is repeated. A column that is left out is null.
 *   <li>{@code add…}: the next element, where one thing is repeated: a bare repeated field, a LIST.
 *   <li>{@link #entry}, then {@code put…} if the definition level is the largest: anything, lists of lists too.
 * </ul>
 *
 * <p>A call that throws has not changed the row, which may be gone on with. Allocates nothing once it has grown to the rows
 * that it is used for.
 *
 * <p>Not thread-safe.
 */
public final class RowStage {
    /** What a row may take unless told otherwise. */
    public static final int DEFAULT_LIMIT_BYTES = 16 << 20;

    private final StagedRow row;

    /**
     * A stage for rows of {@link #DEFAULT_LIMIT_BYTES} at the most.
     *
     * @param layout of the rows
     */
    public RowStage(RecordLayout layout) {
        this(layout, DEFAULT_LIMIT_BYTES);
    }

    /**
     * A stage.
     *
     * @param layout of the rows
     * @param limitBytes what a row may take
     * @throws IllegalArgumentException when an empty row takes more
     */
    public RowStage(RecordLayout layout, int limitBytes) {
        this.row = new StagedRow(layout, limitBytes);
    }

    /**
     * The layout.
     *
     * @return as it was given
     */
    public RecordLayout layout() {
        return row.layout();
    }

    /** Starts a row; what was staged before is forgotten. */
    public void begin() {
        row.begin();
    }

    /**
     * Ends the row.
     *
     * @return its length in bytes; it is in {@link #array} and {@link #buffer} from index 0
     * @throws IllegalStateException naming all columns without their value, or two that disagree on a group; the row is
     *     still open then
     */
    public int finish() {
        return row.finish();
    }

    /**
     * The memory with the row.
     *
     * @return valid until the next call that stages something
     */
    public byte[] array() {
        return row.bytes().array();
    }

    /**
     * The memory with the row, little endian. Position and limit mean nothing, and are to be left alone.
     *
     * @return valid until the next call that stages something
     */
    public ByteBuffer buffer() {
        return row.bytes().view();
    }

    /**
     * Puts a BOOLEAN.
     *
     * @param column its index
     * @param value the value
     */
    public void putBoolean(int column, boolean value) {
        RowLeaf leaf = row.leaf(column, BOOLEAN);
        if (leaf.isRepeated()) {
            row.owed(leaf).add(value ? 1 : 0);
        } else {
            row.bytes().array()[row.tell(leaf)] = (byte) (value ? 1 : 0);
        }
    }

    /**
     * Puts an INT32.
     *
     * @param column its index
     * @param value the value; that of an unsigned 32-bit column by its bits
     * @throws IllegalArgumentException when the column's logical type has no such value
     */
    public void putInt(int column, int value) {
        RowLeaf leaf = row.leaf(column, INT32);
        StagedRow.checkRange(leaf, value);
        if (leaf.isRepeated()) {
            row.owed(leaf).addInt(value);
        } else {
            row.bytes().setInt(row.tell(leaf), value);
        }
    }

    /**
     * Puts an INT64.
     *
     * @param column its index
     * @param value the value; that of an unsigned 64-bit column by its bits
     * @throws IllegalArgumentException when the column's logical type has no such value
     */
    public void putLong(int column, long value) {
        RowLeaf leaf = row.leaf(column, INT64);
        StagedRow.checkRange(leaf, value);
        if (leaf.isRepeated()) {
            row.owed(leaf).addLong(value);
        } else {
            row.bytes().setLong(row.tell(leaf), value);
        }
    }

    /**
     * Puts a FLOAT.
     *
     * @param column its index
     * @param value the value
     */
    public void putFloat(int column, float value) {
        RowLeaf leaf = row.leaf(column, FLOAT);
        if (leaf.isRepeated()) {
            row.owed(leaf).addInt(Float.floatToRawIntBits(value));
        } else {
            row.bytes().setInt(row.tell(leaf), Float.floatToRawIntBits(value));
        }
    }

    /**
     * Puts a DOUBLE.
     *
     * @param column its index
     * @param value the value
     */
    public void putDouble(int column, double value) {
        RowLeaf leaf = row.leaf(column, DOUBLE);
        if (leaf.isRepeated()) {
            row.owed(leaf).addLong(Double.doubleToRawLongBits(value));
        } else {
            row.bytes().setLong(row.tell(leaf), Double.doubleToRawLongBits(value));
        }
    }

    /**
     * Puts a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param from the array
     * @param at index of the first byte
     * @param length bytes
     * @throws IllegalArgumentException when the column's type has no such value, or the row gets too long
     */
    public void putBytes(int column, byte[] from, int at, int length) {
        Objects.checkFromIndexSize(at, length, from.length);
        RowLeaf leaf = row.bytesLeaf(column, length);
        HeapBytes to = row.room(leaf, length);
        System.arraycopy(from, at, to.array(), StagedRow.startIn(leaf, to), length);
        row.keep(leaf, to, length);
    }

    /**
     * Puts a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param from the buffer, not moved
     * @param at index of the first byte
     * @param length bytes
     * @throws IllegalArgumentException when the column's type has no such value, or the row gets too long
     */
    public void putBytes(int column, ByteBuffer from, int at, int length) {
        Objects.checkFromIndexSize(at, length, from.limit());
        RowLeaf leaf = row.bytesLeaf(column, length);
        HeapBytes to = row.room(leaf, length);
        from.get(at, to.array(), StagedRow.startIn(leaf, to), length);
        row.keep(leaf, to, length);
    }

    /**
     * Puts a BYTE_ARRAY of text.
     *
     * @param column its index
     * @param text any; half of a pair of surrogates is refused, or replaced where the column repairs its text
     * @throws IllegalArgumentException when the text is refused, or the row gets too long
     */
    public void putString(int column, CharSequence text) {
        RowLeaf leaf = row.textLeaf(column);
        int chars = text.length();
        HeapBytes to = row.room(leaf, chars);
        int start = StagedRow.startIn(leaf, to);
        if (Utf8.encodeAscii(text, to.array(), start) == chars) {
            row.accept(leaf, to, chars); // one pass for the text that most text is
        } else {
            putNotAscii(leaf, text);
        }
    }

    private void putNotAscii(RowLeaf leaf, CharSequence text) {
        int unpaired = leaf.rules.repairsText() ? -1 : Utf8.firstUnpaired(text);
        if (unpaired >= 0) {
            throw new IllegalArgumentException(leaf.rules.unpaired(text, unpaired));
        }
        long length = Utf8.encodedLength(text);
        row.checkFits(leaf, length);
        HeapBytes to = row.room(leaf, (int) length);
        int start = StagedRow.startIn(leaf, to);
        row.accept(leaf, to, Utf8.encode(text, to.array(), start) - start);
    }

    /**
     * Puts 16 bytes, as a UUID has them: big endian.
     *
     * @param column the index of a FIXED_LEN_BYTE_ARRAY(16)
     * @param most the first eight bytes
     * @param least the last eight bytes
     */
    public void putUuid(int column, long most, long least) {
        RowLeaf leaf = row.bytesLeaf(column, 2 * Long.BYTES);
        HeapBytes to = row.room(leaf, 2 * Long.BYTES);
        int start = StagedRow.startIn(leaf, to);
        to.setLong(start, Long.reverseBytes(most));
        to.setLong(start + Long.BYTES, Long.reverseBytes(least));
        row.keep(leaf, to, 2 * Long.BYTES);
    }

    /**
     * Makes a column null, or, where it is repeated, its list. Of a column inside of groups, only as much is null as other
     * columns of those groups leave open.
     *
     * @param column its index
     * @throws IllegalArgumentException when the column has a value in every row
     */
    public void putNull(int column) {
        row.putNull(column);
    }

    /**
     * Makes the outermost list that a column is in a list without elements, as opposed to none.
     *
     * @param column its index
     * @throws IllegalArgumentException when the column is not repeated
     */
    public void putEmpty(int column) {
        row.putEmpty(column);
    }

    /**
     * Announces the next element of a column in which one thing is repeated; {@code add…} is this and {@code put…}.
     *
     * @param column its index
     * @throws IllegalArgumentException when nothing is repeated, or a list lies in another
     */
    public void element(int column) {
        row.element(column);
    }

    /**
     * Adds an element of a BOOLEAN.
     *
     * @param column its index
     * @param value as {@link #putBoolean} takes it
     */
    public void addBoolean(int column, boolean value) {
        row.element(column);
        putBoolean(column, value);
    }

    /**
     * Adds an element of an INT32.
     *
     * @param column its index
     * @param value as {@link #putInt} takes it
     */
    public void addInt(int column, int value) {
        row.element(column);
        putInt(column, value);
    }

    /**
     * Adds an element of an INT64.
     *
     * @param column its index
     * @param value as {@link #putLong} takes it
     */
    public void addLong(int column, long value) {
        row.element(column);
        putLong(column, value);
    }

    /**
     * Adds an element of a FLOAT.
     *
     * @param column its index
     * @param value as {@link #putFloat} takes it
     */
    public void addFloat(int column, float value) {
        row.element(column);
        putFloat(column, value);
    }

    /**
     * Adds an element of a DOUBLE.
     *
     * @param column its index
     * @param value as {@link #putDouble} takes it
     */
    public void addDouble(int column, double value) {
        row.element(column);
        putDouble(column, value);
    }

    /**
     * Adds an element of a BYTE_ARRAY of text.
     *
     * @param column its index
     * @param text as {@link #putString} takes it
     */
    public void addString(int column, CharSequence text) {
        row.element(column);
        putString(column, text);
    }

    /**
     * Adds an element of BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param from as {@link #putBytes(int, byte[], int, int)} takes it
     * @param at index of the first byte
     * @param length bytes
     */
    public void addBytes(int column, byte[] from, int at, int length) {
        row.element(column);
        putBytes(column, from, at, length);
    }

    /**
     * Adds an element of BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param from as {@link #putBytes(int, ByteBuffer, int, int)} takes it
     * @param at index of the first byte
     * @param length bytes
     */
    public void addBytes(int column, ByteBuffer from, int at, int length) {
        row.element(column);
        putBytes(column, from, at, length);
    }

    /**
     * Adds an element that is null itself.
     *
     * @param column its index
     * @throws IllegalArgumentException when nothing is repeated, a list lies in another, or elements are required
     */
    public void addNull(int column) {
        row.addNull(column);
    }

    /**
     * Adds an entry of any column: what the Parquet format says of each value and each null. With the largest definition
     * level the value has to follow, by {@code put…}.
     *
     * @param column its index
     * @param repetition 0 for the first of a row, else the level at which a list goes on
     * @param definition how much of the column's path is there
     * @throws IllegalArgumentException when no row has such levels
     */
    public void entry(int column, int repetition, int definition) {
        row.entry(column, repetition, definition);
    }
}
