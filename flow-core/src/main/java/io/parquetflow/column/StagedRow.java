package io.parquetflow.column;

import java.util.stream.IntStream;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The row that a {@link RowStage} builds: its memory, what has been put into it, and what may come next. Apart from the
 * stage so that the calls a user makes are in one place, and the rules they follow in another.
 *
 * <p>Not thread-safe.
 */
final class StagedRow {
    private static final int FIRST_BYTES = 256;
    private static final int LEVELS_BYTES = 2;
    private static final int NONE = -1;

    private final RecordLayout layout;
    private final RowLevels levels;
    private final LeafEntries[] entries;
    private final int[] repeated;
    private final HeapBytes row;
    private final int limit;
    /** Of the entries, which are not in the row yet. */
    private int entryBytes;
    /** The leaf whose entry waits for its value. */
    private int owed = NONE;

    private int owedRepetition;
    /** The entry that waits is an element, which is not there before its value is. */
    private boolean announced;

    private boolean open;

    StagedRow(RecordLayout layout, int limitBytes) {
        this.layout = layout;
        this.entries = new LeafEntries[layout.columns()];
        this.repeated = IntStream.range(0, layout.columns())
                .filter(i -> layout.leaf(i).isRepeated())
                .toArray();
        for (int i : repeated) {
            entries[i] = new LeafEntries(layout.leaf(i));
        }
        this.limit = limitBytes - repeated.length * LEVELS_BYTES; // a null in each repeated leaf has to fit, always
        if (layout.fixedBytes() > limit) {
            throw new IllegalArgumentException("rows of this schema do not fit: an empty row="
                    + (layout.fixedBytes() + limitBytes - limit) + ", limit=" + limitBytes + "; raise the limit");
        }
        this.levels = new RowLevels(layout, entries);
        this.row = new HeapBytes(Math.max(layout.fixedBytes(), Math.min(FIRST_BYTES, limit)));
    }

    RecordLayout layout() {
        return layout;
    }

    /** The row itself, from index 0. */
    HeapBytes bytes() {
        return row;
    }

    void begin() {
        row.clear(layout.fixedBytes());
        levels.clear();
        for (int i : repeated) {
            entries[i].clear();
        }
        entryBytes = 0;
        owed = NONE;
        announced = false;
        open = true;
    }

    int finish() {
        checkOpen();
        checkNothingOwed();
        levels.settle();
        if (!layout.siblings().areNone()) {
            for (int i = 0; i < layout.columns(); i++) {
                RowLeaf leaf = layout.leaf(i);
                if (leaf.hasLevel()) {
                    row.array()[leaf.levelAt] = (byte) levels.first(i);
                }
            }
        }
        for (int i : repeated) {
            entries[i].appendTo(row);
        }
        open = false;
        return row.size();
    }

    void putNull(int column) {
        RowLeaf leaf = leaf(column);
        if (leaf.maxDefinition == 0) {
            throw new IllegalArgumentException("null in a required column: column=" + leaf.path());
        }
        checkNothingOwed();
        levels.tellNull(leaf);
    }

    void putEmpty(int column) {
        RowLeaf leaf = leaf(column);
        if (!leaf.isRepeated()) {
            throw new IllegalArgumentException("not repeated: column=" + leaf.path());
        }
        entry(column, 0, leaf.emptyLevel());
    }

    void element(int column) {
        RowLeaf leaf = leaf(column);
        entry(column, nextRepetition(leaf), leaf.maxDefinition);
        announced = true;
    }

    void addNull(int column) {
        RowLeaf leaf = leaf(column);
        int repetition = nextRepetition(leaf);
        if (leaf.elementLevel(1) == leaf.maxDefinition) {
            throw new IllegalArgumentException("null in a required element: column=" + leaf.path());
        }
        entry(column, repetition, leaf.maxDefinition - 1);
    }

    private int nextRepetition(RowLeaf leaf) {
        if (leaf.maxRepetition != 1) {
            throw new IllegalArgumentException("not repeated once: column=" + leaf.path() + ", repeated="
                    + leaf.maxRepetition + (leaf.isRepeated() ? "; call entry with its levels" : "; call put"));
        }
        return entries[leaf.index].isEmpty() ? 0 : 1;
    }

    void entry(int column, int repetition, int definition) {
        RowLeaf leaf = leaf(column);
        checkNothingOwed();
        if (repetition < 0 || repetition > leaf.maxRepetition || definition < 0 || definition > leaf.maxDefinition) {
            throw new IllegalArgumentException("level out of range: column=" + leaf.path() + ", repetition="
                    + repetition + ", largest=" + leaf.maxRepetition + ", definition=" + definition + ", largest="
                    + leaf.maxDefinition);
        }
        if (leaf.isRepeated()) {
            entries[column].check(repetition, definition);
        }
        if (repetition == 0) {
            levels.checkUntold(leaf);
        }
        if (definition == leaf.maxDefinition) {
            owed = column;
            owedRepetition = repetition;
        } else if (leaf.isRepeated()) {
            checkFits(leaf, LEVELS_BYTES);
            append(leaf, repetition, definition);
            entryBytes += LEVELS_BYTES;
        } else {
            levels.tell(leaf, definition);
            row.array()[leaf.levelAt] = (byte) definition;
        }
    }

    private RowLeaf leaf(int column) {
        checkOpen();
        return layout.leaf(column);
    }

    RowLeaf leaf(int column, PrimitiveTypeName type) {
        RowLeaf leaf = layout.leaf(column);
        checkOpen();
        if (leaf.type != type) {
            throw new IllegalArgumentException(
                    "wrong type: column=" + leaf.path() + ", type=" + leaf.rules.typeName() + ", value=" + type);
        }
        return leaf;
    }

    RowLeaf bytesLeaf(int column, int length) {
        RowLeaf leaf = leaf(column);
        switch (leaf.type) {
            case BINARY -> {}
            case FIXED_LEN_BYTE_ARRAY, INT96 -> {
                if (length != leaf.width) {
                    throw new IllegalArgumentException(leaf.rules.wrongLength(length));
                }
            }
            default ->
                throw new IllegalArgumentException("wrong type: column=" + leaf.path() + ", type="
                        + leaf.rules.typeName() + ", value=bytes, length=" + length);
        }
        return leaf;
    }

    RowLeaf textLeaf(int column) {
        RowLeaf leaf = leaf(column, PrimitiveTypeName.BINARY);
        if (!leaf.rules.takesText()) {
            throw new IllegalArgumentException(
                    "wrong type: column=" + leaf.path() + ", type=" + leaf.rules.typeName() + ", value=text");
        }
        return leaf;
    }

    static void checkRange(RowLeaf leaf, long value) {
        if (value < leaf.min || value > leaf.max) {
            throw new IllegalArgumentException(leaf.rules.refusal(value));
        }
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("no row is open; call begin first");
        }
    }

    private void checkNothingOwed() {
        if (announced) {
            owed = NONE; // its value was refused, or never came
            announced = false;
        }
        if (owed != NONE) {
            throw new IllegalStateException("an entry waits for its value: column="
                    + layout.leaf(owed).path() + ", repetition=" + owedRepetition + "; put it, or begin anew");
        }
    }

    private void checkOwed(RowLeaf leaf) {
        if (owed != leaf.index) {
            throw new IllegalStateException(
                    "a repeated column's value without an entry: column=" + leaf.path() + "; call add, or entry first");
        }
    }

    void checkFits(RowLeaf leaf, long more) {
        if (row.size() + entryBytes + more > limit) {
            throw new IllegalArgumentException("row too long: column=" + leaf.path() + ", bytes="
                    + (row.size() + entryBytes + more) + ", limit=" + limit);
        }
    }

    /** The flat leaf has its value; answers where to put it. */
    int tell(RowLeaf leaf) {
        levels.tell(leaf, leaf.maxDefinition);
        if (leaf.levelAt != RowLeaf.NO_LEVEL) {
            row.array()[leaf.levelAt] = (byte) leaf.maxDefinition;
        }
        if (owed == leaf.index) {
            owed = NONE;
            announced = false;
        }
        return leaf.slot;
    }

    /** The entry that is owed gets its value of fixed width; answers where to add it. */
    HeapBytes owed(RowLeaf leaf) {
        checkOwed(leaf);
        checkFits(leaf, LEVELS_BYTES + leaf.width);
        append(leaf, owedRepetition, leaf.maxDefinition);
        entryBytes += LEVELS_BYTES + leaf.width;
        owed = NONE;
        announced = false;
        return entries[leaf.index].values();
    }

    private void append(RowLeaf leaf, int repetition, int definition) {
        if (repetition == 0) {
            levels.tell(leaf, definition);
        }
        entries[leaf.index].add(repetition, definition);
    }

    /** Memory with room for the bytes of a value, from {@link #startIn} on; nothing is told yet. */
    HeapBytes room(RowLeaf leaf, int length) {
        if (leaf.isRepeated()) {
            checkOwed(leaf);
            checkFits(leaf, LEVELS_BYTES + Integer.BYTES + (long) length);
            HeapBytes values = entries[leaf.index].values();
            values.ensure(Integer.BYTES + length);
            return values;
        }
        levels.checkUntold(leaf);
        if (leaf.width == 0) {
            checkFits(leaf, length);
            row.ensure(length);
        }
        return row;
    }

    static int startIn(RowLeaf leaf, HeapBytes to) {
        if (leaf.isRepeated()) {
            return leaf.width == 0 ? to.size() + Integer.BYTES : to.size();
        }
        return leaf.width == 0 ? to.size() : leaf.slot;
    }

    /** The bytes are there: checks them, and only then makes them part of the row. */
    void keep(RowLeaf leaf, HeapBytes to, int length) {
        int start = startIn(leaf, to);
        accept(leaf, to, leaf.rules.allows(to.view(), start, length) ? length : repair(leaf, to, start, length));
    }

    /** The bytes are there, and valid: makes them part of the row. */
    void accept(RowLeaf leaf, HeapBytes to, int kept) {
        int start = startIn(leaf, to);
        if (!leaf.isRepeated()) {
            int slot = tell(leaf);
            if (leaf.width == 0) {
                row.setInt(slot, start);
                row.setInt(slot + Integer.BYTES, kept);
                row.cutTo(start + kept);
            }
            return;
        }
        if (leaf.width == 0) {
            to.setInt(start - Integer.BYTES, kept);
        }
        entryBytes += LEVELS_BYTES + start + kept - to.size();
        to.cutTo(start + kept);
        append(leaf, owedRepetition, leaf.maxDefinition);
        owed = NONE;
        announced = false;
    }

    private int repair(RowLeaf leaf, HeapBytes to, int start, int length) {
        if (!leaf.rules.repairsText()) {
            String refusal = leaf.rules.refusal(to.view(), start, length);
            if (to == row && leaf.width > 0) {
                row.zero(start, start + length); // a null's slot is zero, and it may stay null
            }
            throw new IllegalArgumentException(refusal);
        }
        byte[] valid = leaf.rules.repaired(to.view(), start, length);
        room(leaf, valid.length);
        System.arraycopy(valid, 0, to.array(), start, valid.length);
        return valid.length;
    }
}
