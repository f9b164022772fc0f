package io.parquetflow.column;

import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One leaf column of a {@link RecordLayout}: where it lies in a row, and which levels it may have. Plain fields, since
 * every value that is staged or shredded reads some.
 *
 * <p>Thread-safe: immutable.
 */
final class RowLeaf {
    /** As {@link #levelAt}: the leaf has no level byte. */
    static final int NO_LEVEL = -1;

    final int index;
    final ValueRules rules;
    final PrimitiveTypeName type;
    /** Bytes of a value, 0 where values differ in length. */
    final int width;

    final long min;
    final long max;
    final int maxRepetition;
    final int maxDefinition;
    /** Where in the row its value, or the place of it, is. */
    final int slot;
    /** Where in the row its definition level is. */
    final int levelAt;
    /** The definition level that says an element is there, by the repetition level of the list it is in; the first is unused. */
    private final int[] elementLevels;

    RowLeaf(int index, ValueRules rules, PrimitiveTypeName type, int width, int[] elementLevels, int maxDefinition) {
        this(index, rules, type, width, elementLevels, maxDefinition, 0, NO_LEVEL);
    }

    private RowLeaf(
            int index,
            ValueRules rules,
            PrimitiveTypeName type,
            int width,
            int[] elementLevels,
            int maxDefinition,
            int slot,
            int levelAt) {
        this.index = index;
        this.rules = rules;
        this.type = type;
        this.width = width;
        this.min = rules.min();
        this.max = rules.max();
        this.elementLevels = elementLevels;
        this.maxRepetition = elementLevels.length - 1;
        this.maxDefinition = maxDefinition;
        this.slot = slot;
        this.levelAt = levelAt;
    }

    RowLeaf at(int newSlot, int newLevelAt) {
        return new RowLeaf(index, rules, type, width, elementLevels, maxDefinition, newSlot, newLevelAt);
    }

    boolean isRepeated() {
        return maxRepetition > 0;
    }

    /** A flat leaf that is null somewhere has its level in the row. */
    boolean hasLevel() {
        return !isRepeated() && maxDefinition > 0;
    }

    /** Bytes of its slot. */
    int slotBytes() {
        if (isRepeated()) {
            return RecordLayout.LIST_SLOT_BYTES;
        }
        return width == 0 ? RecordLayout.BYTES_SLOT_BYTES : width;
    }

    /** The smallest definition level of an entry that goes on with a list, and of the entry before it. */
    int elementLevel(int repetition) {
        return elementLevels[repetition];
    }

    /** The largest definition level that says that the outermost list has no element. */
    int emptyLevel() {
        return elementLevels[1] - 1;
    }

    String path() {
        return rules.column();
    }
}
