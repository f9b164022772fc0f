package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Takes packed rows apart into columns: rows that their producer wrote from the front to the back, without knowing how long
 * anything would be. What is null takes one byte, so that a schema of many columns that are mostly empty makes small rows.
 *
 * <pre>
 *  0           levels              values                           the row's length
 *  +-----------+-------------------+----------------------------------------------+
 *  | one byte  | of each leaf that has any, one behind the other, in the schema's |
 *  | a leaf    | order                                                            |
 *  +-----------+------------------------------------------------------------------+
 *
 *  levels  of a flat leaf: its definition level
 *          of a repeated leaf: the largest one where there are elements, else the level at which it ends
 *
 *  values  flat, of fixed width    [value: 1, 4, 8, 12 or n bytes]
 *          flat, BYTE_ARRAY        [length: 4][bytes]
 *          repeated                [elements: 4], then of each [definition level: 1], and the value if it is the largest
 * </pre>
 *
 * Little endian. A length of {@link #COMPOSED} stands for a text that is not sent: the next leaf's, a flat one, in which
 * each <code>{}</code> is an element of the one behind it, in their order, {@code null} where the element is. What there is
 * no element for stays. The writer thread puts together what a caller would have had to wait for.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class PackedShredder implements Shredder, RowGroupBuffer.Pending {
    /** As the length of a BYTE_ARRAY. */
    public static final int COMPOSED = -1;

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final RowTarget target;
    private final PrimitiveTypeName[] types;
    private final int[] widths;
    private final int[] mostLevels;
    private final int[] elementLevels;

    /** Of each leaf, rows in which it was null that its column has not been told of: most columns are, most of the time. */
    private final int[] nulls;

    private final int[] nullLevels;

    private byte[] template = new byte[256];
    private byte[] text = new byte[256];
    private ByteBuffer textBuffer = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Makes a shredder.
     *
     * @param schema of the rows; no list lies in another
     * @param target takes the values
     * @param group of the target's columns: told of columns that have not been told of nulls
     * @throws IllegalArgumentException when a list lies in another
     */
    public PackedShredder(MessageType schema, RowTarget target, RowGroupBuffer group) {
        this.target = target;
        group.pending(this);
        List<ColumnDescriptor> columns = schema.getColumns();
        types = new PrimitiveTypeName[columns.size()];
        widths = new int[types.length];
        mostLevels = new int[types.length];
        elementLevels = new int[types.length];
        nulls = new int[types.length];
        nullLevels = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            ColumnDescriptor column = columns.get(i);
            if (column.getMaxRepetitionLevel() > 1) {
                throw new IllegalArgumentException(
                        "a list in a list cannot be packed: column=" + String.join(".", column.getPath()));
            }
            PrimitiveType type = column.getPrimitiveType();
            types[i] = type.getPrimitiveTypeName();
            widths[i] = ValueRules.widthOf(type);
            mostLevels[i] = column.getMaxDefinitionLevel();
            int[] levels = RecordLayout.elementLevels(schema, column);
            elementLevels[i] = levels.length > 1 ? levels[1] : 0;
        }
    }

    @Override
    public void shred(ByteBuffer from, int at) {
        int value = at + types.length;
        for (int leaf = 0; leaf < types.length; leaf++) {
            int level = from.get(at + leaf);
            if (level < mostLevels[leaf]) {
                addNull(leaf, level);
                continue;
            }
            if (nulls[leaf] > 0) {
                flush(leaf);
            }
            value = elementLevels[leaf] > 0 ? list(leaf, from, value) : flat(leaf, from, value, at);
            target.endRow(leaf);
        }
    }

    private void addNull(int leaf, int level) {
        if (nullLevels[leaf] != level) {
            flush(leaf);
            nullLevels[leaf] = level;
        }
        nulls[leaf]++;
    }

    private void flush(int leaf) {
        target.addNulls(leaf, nullLevels[leaf], nulls[leaf]);
        nulls[leaf] = 0;
    }

    @Override
    public void flush() {
        for (int leaf = 0; leaf < nulls.length; leaf++) {
            flush(leaf);
        }
    }

    @Override
    public void clear() {
        Arrays.fill(nulls, 0);
    }

    /** Answers where the next value begins. */
    private int flat(int leaf, ByteBuffer from, int value, int row) {
        if (widths[leaf] > 0) {
            addFull(leaf);
            return fixed(leaf, from, value);
        }
        int length = from.getInt(value);
        int bytes = value + Integer.BYTES;
        if (length == COMPOSED) {
            int composed = compose(leaf + 2, from, bytes, from.get(row + leaf + 2) == mostLevels[leaf + 2]);
            target.makeRoom(leaf, composed);
            addFull(leaf);
            target.addBinary(leaf, textBuffer, 0, composed);
            return bytes;
        }
        target.makeRoom(leaf, length);
        addFull(leaf);
        target.addBinary(leaf, from, bytes, length);
        return bytes + length;
    }

    private void addFull(int leaf) {
        if (mostLevels[leaf] > 0) {
            target.addLevels(leaf, 0, mostLevels[leaf]);
        }
    }

    private int list(int leaf, ByteBuffer from, int value) {
        int count = from.getInt(value);
        int first = value + Integer.BYTES;
        int most = mostLevels[leaf];
        if (widths[leaf] == 0) {
            target.makeRoom(leaf, bytesOf(from, first, count, most));
        }
        int next = first;
        for (int i = 0; i < count; i++) {
            int level = from.get(next++);
            target.addLevels(leaf, i == 0 ? 0 : 1, level);
            if (level == most) {
                next = element(leaf, from, next);
            }
        }
        return next;
    }

    private int element(int leaf, ByteBuffer from, int value) {
        if (widths[leaf] > 0) {
            return fixed(leaf, from, value);
        }
        int length = from.getInt(value);
        target.addBinary(leaf, from, value + Integer.BYTES, length);
        return value + Integer.BYTES + length;
    }

    private static int bytesOf(ByteBuffer from, int first, int count, int most) {
        int bytes = 0;
        int next = first;
        for (int i = 0; i < count; i++) {
            if (from.get(next++) == most) {
                int length = from.getInt(next);
                bytes += length;
                next += Integer.BYTES + length;
            }
        }
        return bytes;
    }

    private int fixed(int leaf, ByteBuffer from, int value) {
        switch (types[leaf]) {
            case BOOLEAN -> target.addBoolean(leaf, from.get(value) != 0);
            case INT32 -> target.addInt(leaf, from.getInt(value));
            case INT64 -> target.addLong(leaf, from.getLong(value));
            case FLOAT -> target.addFloat(leaf, from.getFloat(value));
            case DOUBLE -> target.addDouble(leaf, from.getDouble(value));
            case INT96, FIXED_LEN_BYTE_ARRAY -> target.addFixed(leaf, from, value);
            case BINARY -> throw new AssertionError("no fixed width: leaf=" + leaf);
        }
        return value + widths[leaf];
    }

    /**
     * Puts template and elements together.
     *
     * @param leaf the elements'
     * @param at where the template's length is
     * @param hasElements whether elements follow it
     * @return bytes, in {@link #textBuffer}
     */
    private int compose(int leaf, ByteBuffer from, int at, boolean hasElements) {
        int length = from.getInt(at);
        if (template.length < length) {
            template = new byte[Math.max(length, 2 * template.length)];
        }
        from.get(at + Integer.BYTES, template, 0, length);
        int element = at + Integer.BYTES + length;
        int left = hasElements ? from.getInt(element) : 0;
        element += Integer.BYTES;
        int size = 0;
        int copied = 0; // of the template
        for (int i = 0; left > 0 && i < length - 1; i++) {
            if (template[i] != '{' || template[i + 1] != '}') {
                continue;
            }
            size = append(size, template, copied, i - copied);
            if (from.get(element++) == mostLevels[leaf]) {
                int bytes = from.getInt(element);
                size = append(size, from, element + Integer.BYTES, bytes);
                element += Integer.BYTES + bytes;
            } else {
                size = append(size, NULL, 0, NULL.length);
            }
            copied = i + 2;
            left--;
        }
        return append(size, template, copied, length - copied);
    }

    private int append(int size, byte[] bytes, int at, int length) {
        makeRoom(size + length);
        System.arraycopy(bytes, at, text, size, length);
        return size + length;
    }

    private int append(int size, ByteBuffer bytes, int at, int length) {
        makeRoom(size + length);
        bytes.get(at, text, size, length);
        return size + length;
    }

    private void makeRoom(int bytes) {
        if (text.length < bytes) {
            text = Arrays.copyOf(text, Math.max(bytes, 2 * text.length));
            textBuffer = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
