package io.parquetflow.column;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How one row of a schema lies in memory: small enough for the ring, whole in one piece, and read without making objects.
 *
 * <pre>
 *  0           levels                slots                                  the row's length
 *  +-----------+---------------------+--------------------------------------+
 *  | one byte  | one slot a leaf     | variable part: bytes of flat leaves, |
 *  | a level   |                     | entries of repeated leaves           |
 *  +-----------+---------------------+--------------------------------------+
 *
 *  levels  the definition level of each flat leaf that has any, in the schema's order
 *  slots   in the schema's order, by the leaf's kind:
 *
 *          flat, of fixed width    [value: 1, 4, 8, 12 or n bytes]
 *          flat, BYTE_ARRAY        [offset: 4][length: 4]
 *          repeated                [offset: 4][entries: 4][bytes of all values: 4]
 *
 *  at a repeated leaf's offset, where e entries are n bytes of values:
 *  +--------------------------+--------------------------+---------------------------+
 *  | e repetition levels      | e definition levels      | the values that are there |
 *  | a byte each              | a byte each              | n bytes                   |
 *  +--------------------------+--------------------------+---------------------------+
 *          each value as in a slot, but BYTE_ARRAY is [length: 4][bytes]
 * </pre>
 *
 * Little endian; offsets count from the row's first byte. A leaf is flat when nothing above it, nor itself, is repeated.
 * The slot of a flat leaf that is null is zero. A row of {@code required int64 ts; optional binary symbol}, with 5 and
 * "AB":
 *
 * <pre>
 *  01 | 05 00 00 00 00 00 00 00 | 11 00 00 00  02 00 00 00 | 41 42
 * </pre>
 *
 * <p>Levels lie together, and a repeated leaf's levels apart from its values, as the column buffers take them.
 *
 * <p>Thread-safe: immutable.
 */
public final class RecordLayout {
    static final int BYTES_SLOT_BYTES = 2 * Integer.BYTES;
    static final int LIST_SLOT_BYTES = 3 * Integer.BYTES;
    /** Of ten thousand columns, in a message. */
    private static final int SHOWN_COLUMNS = 20;

    private final MessageType schema;
    private final RowLeaf[] leaves;
    private final Siblings siblings;
    private final Map<String, Integer> indices = new HashMap<>();
    private final int levelBytes;
    private final int fixedBytes;

    private RecordLayout(MessageType schema, Set<String> repaired) {
        this.schema = schema;
        List<ColumnDescriptor> columns = schema.getColumns();
        RowLeaf[] placed = new RowLeaf[columns.size()];
        int levels = 0;
        for (int i = 0; i < placed.length; i++) {
            placed[i] = leaf(i, columns.get(i), repaired);
            levels += placed[i].hasLevel() ? 1 : 0;
            indices.put(placed[i].path(), i);
        }
        int level = 0;
        long slot = levels;
        for (int i = 0; i < placed.length; i++) {
            placed[i] = placed[i].at((int) slot, placed[i].hasLevel() ? level++ : RowLeaf.NO_LEVEL);
            slot += placed[i].slotBytes();
            if (slot > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a row does not fit into memory: column=" + placed[i].path());
            }
        }
        this.leaves = placed;
        this.siblings = Siblings.of(schema);
        this.levelBytes = levels;
        this.fixedBytes = (int) slot;
        for (String path : repaired) {
            column(path); // a name that is nobody's is a mistake
        }
    }

    /**
     * The layout of a schema's rows; text that is not UTF-8 is refused.
     *
     * @param schema any that has columns
     * @return its layout
     */
    public static RecordLayout of(MessageType schema) {
        return new RecordLayout(schema, Set.of());
    }

    /**
     * The layout of a schema's rows.
     *
     * @param schema any that has columns
     * @param repaired dotted paths of the columns whose text gets U+FFFD where it is not UTF-8, instead of being refused
     * @return its layout
     * @throws IllegalArgumentException when there is no such column
     */
    public static RecordLayout of(MessageType schema, Set<String> repaired) {
        return new RecordLayout(schema, repaired);
    }

    private RowLeaf leaf(int index, ColumnDescriptor column, Set<String> repaired) {
        if (column.getMaxDefinitionLevel() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("nested too deep: column=" + String.join(".", column.getPath()));
        }
        PrimitiveType type = column.getPrimitiveType();
        ValueRules rules = ValueRules.of(column, repaired.contains(String.join(".", column.getPath())));
        return new RowLeaf(
                index,
                rules,
                type.getPrimitiveTypeName(),
                ValueRules.widthOf(type),
                elementLevels(schema, column),
                column.getMaxDefinitionLevel());
    }

    /** By repetition level, the definition level that an element of that list has at least. */
    static int[] elementLevels(MessageType schema, ColumnDescriptor column) {
        int[] levels = new int[column.getMaxRepetitionLevel() + 1];
        String[] path = column.getPath();
        int known = 0;
        for (int depth = 1; depth <= path.length; depth++) {
            String[] ancestor = Arrays.copyOf(path, depth);
            int repetition = schema.getMaxRepetitionLevel(ancestor);
            if (repetition > known) {
                levels[repetition] = schema.getMaxDefinitionLevel(ancestor);
                known = repetition;
            }
        }
        return levels;
    }

    /**
     * The schema.
     *
     * @return as it was given
     */
    public MessageType schema() {
        return schema;
    }

    /**
     * How many leaf columns there are.
     *
     * @return a count
     */
    public int columns() {
        return leaves.length;
    }

    /**
     * A column's number.
     *
     * @param path dotted, as {@code legs.list.element.price}
     * @return its index in {@code schema().getColumns()}
     * @throws IllegalArgumentException when there is no such column
     */
    public int column(String path) {
        Integer index = indices.get(path);
        if (index == null) {
            List<String> some = Arrays.stream(leaves)
                    .limit(SHOWN_COLUMNS)
                    .map(RowLeaf::path)
                    .toList();
            throw new IllegalArgumentException("no such column: path=" + path + ", columns=" + leaves.length
                    + ", the first of them=" + some + "; give the leaf's dotted path");
        }
        return index;
    }

    /**
     * What a row takes at least: levels and slots.
     *
     * @return bytes
     */
    public int fixedBytes() {
        return fixedBytes;
    }

    int levelBytes() {
        return levelBytes;
    }

    /** In the schema's order, not to be changed. */
    RowLeaf[] leaves() {
        return leaves;
    }

    RowLeaf leaf(int index) {
        return leaves[index];
    }

    Siblings siblings() {
        return siblings;
    }
}
