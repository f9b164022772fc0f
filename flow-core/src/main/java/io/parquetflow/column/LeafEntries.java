package io.parquetflow.column;

/**
 * The entries of one repeated leaf in the row that is being staged. Apart from the row, because the entries of several
 * leaves come in turns, and lie leaf by leaf afterwards.
 *
 * <p>Not thread-safe.
 */
final class LeafEntries {
    private static final int FIRST_ENTRIES = 16;

    private final RowLeaf leaf;
    private final HeapBytes repetition = new HeapBytes(FIRST_ENTRIES);
    private final HeapBytes definition = new HeapBytes(FIRST_ENTRIES);
    private final HeapBytes values = new HeapBytes(FIRST_ENTRIES * Long.BYTES);
    /** Stays 0 where no sibling has a say, and is told anew for each row where one has. */
    private int assumed;

    LeafEntries(RowLeaf leaf) {
        this.leaf = leaf;
    }

    void clear() {
        repetition.cutTo(0);
        definition.cutTo(0);
        values.cutTo(0);
    }

    /** What stands for a leaf that was given no entry: one null, at this definition level instead of the lowest. */
    void assume(int level) {
        assumed = level;
    }

    boolean isEmpty() {
        return definition.size() == 0;
    }

    int count() {
        return Math.max(1, definition.size());
    }

    int repetition(int index) {
        return isEmpty() ? 0 : repetition.array()[index];
    }

    int definition(int index) {
        return isEmpty() ? assumed : definition.array()[index];
    }

    /** The values so far. Whoever adds one, adds its entry. */
    HeapBytes values() {
        return values;
    }

    /** Adds an entry that was {@link #check}ed. */
    void add(int repetitionLevel, int definitionLevel) {
        repetition.add(repetitionLevel);
        definition.add(definitionLevel);
    }

    /**
     * Whether an entry may come next. A row begins with repetition level 0, once; and a list goes on only where it has an
     * element, in the entry before as well as in this one.
     */
    void check(int repetitionLevel, int definitionLevel) {
        if (isEmpty() != (repetitionLevel == 0)) {
            throw new IllegalArgumentException("repetition level " + (isEmpty() ? "of a row's first entry" : "in a row")
                    + ": column=" + leaf.path() + ", entry=" + definition.size() + ", level=" + repetitionLevel
                    + ", allowed=" + (isEmpty() ? "0" : "1 to " + leaf.maxRepetition));
        }
        if (repetitionLevel > 0) {
            int least = leaf.elementLevel(repetitionLevel);
            int before = definition(definition.size() - 1);
            if (definitionLevel < least || before < least) {
                throw new IllegalArgumentException(
                        "a list that goes on without an element: column=" + leaf.path() + ", entry=" + definition.size()
                                + ", repetition level=" + repetitionLevel + ", definition level=" + definitionLevel
                                + ", the one before=" + before + ", both at least=" + least);
            }
        }
    }

    /** Puts the entries behind what the row has, and their place into the leaf's slot. */
    void appendTo(HeapBytes row) {
        row.setInt(leaf.slot, row.size());
        row.setInt(leaf.slot + Integer.BYTES, count());
        row.setInt(leaf.slot + 2 * Integer.BYTES, values.size());
        if (isEmpty()) {
            row.add(0);
            row.add(assumed);
        } else {
            row.addAll(repetition);
            row.addAll(definition);
            row.addAll(values);
        }
    }
}
