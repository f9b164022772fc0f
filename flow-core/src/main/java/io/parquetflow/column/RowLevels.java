package io.parquetflow.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the row that is being staged says about its leaves: which have been told of, at which definition level, and
 * whether leaves of the same group tell the same of it.
 *
 * <p>A leaf that nobody told of is null. How deep its null lies follows from its siblings: where {@code g.a} has a value,
 * the group {@code g} is there, and only {@code g.b} itself is null.
 *
 * <p>Not thread-safe.
 */
final class RowLevels {
    private final RecordLayout layout;
    private final Siblings siblings;
    /** By leaf, null where it is flat. */
    private final LeafEntries[] entries;
    /** Bits by leaf: it has a value or a null. */
    private final long[] told;
    /** Bits by leaf: it was told of, but as a null of no level. */
    private final long[] nulls;
    /** Bits by leaf: it has a value in every row. */
    private final long[] required;
    /** By leaf: the definition level of its first entry. */
    private final byte[] first;

    private boolean anyNull;

    RowLevels(RecordLayout layout, LeafEntries[] entries) {
        this.layout = layout;
        this.siblings = layout.siblings();
        this.entries = entries;
        int words = (layout.columns() + Long.SIZE - 1) / Long.SIZE;
        this.told = new long[words];
        this.nulls = new long[words];
        this.required = new long[words];
        this.first = new byte[layout.columns()];
        for (int i = 0; i < layout.columns(); i++) {
            if (layout.leaf(i).maxDefinition == 0) {
                required[i / Long.SIZE] |= 1L << i;
            }
        }
    }

    void clear() {
        Arrays.fill(told, 0);
        if (anyNull) {
            Arrays.fill(nulls, 0);
            anyNull = false;
        }
    }

    void checkUntold(RowLeaf leaf) {
        if ((told[leaf.index / Long.SIZE] & 1L << leaf.index) != 0) {
            throw new IllegalStateException("a second value in a row: column=" + leaf.path()
                    + (leaf.isRepeated() ? ", it has entries already or was made null" : "")
                    + "; one call a row and column");
        }
    }

    /** A value, or a null at a level; of a repeated leaf, the first of its entries. */
    void tell(RowLeaf leaf, int definition) {
        checkUntold(leaf);
        told[leaf.index / Long.SIZE] |= 1L << leaf.index;
        first[leaf.index] = (byte) definition;
    }

    /** A null whose level is left to {@link #settle}. */
    void tellNull(RowLeaf leaf) {
        tell(leaf, 0);
        nulls[leaf.index / Long.SIZE] |= 1L << leaf.index;
        anyNull = true;
    }

    /** True when {@link #settle} has to find the leaf's level. */
    boolean isOpen(int leaf) {
        return ((told[leaf / Long.SIZE] & ~nulls[leaf / Long.SIZE]) & 1L << leaf) == 0;
    }

    /** After {@link #settle}: the definition level of the leaf's first entry. */
    int first(int leaf) {
        return first[leaf];
    }

    /**
     * Finds the levels of what nobody told of, and checks the row as a whole.
     *
     * @throws IllegalStateException when a value is missing, or columns of a group disagree; nothing has changed then
     */
    void settle() {
        if (siblings.areNone()) {
            settleApart();
            return;
        }
        adopt();
        boolean whole = true;
        for (int i = 0; i < first.length; i++) {
            RowLeaf leaf = layout.leaf(i);
            if (isOpen(i)) {
                if (leaf.isRepeated()) {
                    first[i] = (byte) Math.min(first[i], leaf.emptyLevel());
                    entries[i].assume(first[i]);
                } else {
                    whole &= first[i] < leaf.maxDefinition;
                }
            }
        }
        if (!whole) {
            throw missing();
        }
        for (int i = 1; i < first.length; i++) {
            if (siblings.definition(i) > 0 && !agree(i - 1, i)) {
                throw disagree(i - 1, i);
            }
        }
    }

    /** No leaf has to agree with another: a bit for each is all there is to look at. */
    private void settleApart() {
        for (int word = 0; word < told.length; word++) {
            if ((told[word] & required[word]) != required[word]) {
                for (int i = 0; i < first.length; i++) {
                    first[i] = isOpen(i) ? 0 : first[i];
                }
                throw missing();
            }
        }
    }

    /** Open leaves take what their neighbours on either side say of the groups that they share. */
    private void adopt() {
        int level = 0;
        for (int i = 0; i < first.length; i++) {
            level = Math.min(level, siblings.definition(i));
            if (isOpen(i)) {
                first[i] = (byte) level;
            } else {
                level = first[i];
            }
        }
        level = 0;
        for (int i = first.length - 1; i >= 0; i--) {
            if (isOpen(i)) {
                first[i] = (byte) Math.max(first[i], level);
            } else {
                level = first[i];
            }
            level = Math.min(level, siblings.definition(i));
        }
    }

    private boolean agree(int left, int right) {
        int repetition = siblings.repetition(right);
        int definition = siblings.definition(right);
        if (repetition == 0) {
            return Math.min(first[left], definition) == Math.min(first[right], definition);
        }
        LeafEntries a = entries[left];
        LeafEntries b = entries[right];
        int i = 0;
        int j = 0;
        while (i < a.count() && j < b.count()) {
            if (a.repetition(i) != b.repetition(j)
                    || Math.min(a.definition(i), definition) != Math.min(b.definition(j), definition)) {
                return false;
            }
            i = next(a, i, repetition);
            j = next(b, j, repetition);
        }
        return i >= a.count() && j >= b.count();
    }

    /** The next entry that belongs to the group, and not to something repeated below it. */
    private static int next(LeafEntries of, int from, int repetition) {
        int i = from + 1;
        while (i < of.count() && of.repetition(i) > repetition) {
            i++;
        }
        return i;
    }

    private IllegalStateException missing() {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            RowLeaf leaf = layout.leaf(i);
            if (isOpen(i) && !leaf.isRepeated() && first[i] == leaf.maxDefinition) {
                missing.add(leaf.path());
            }
        }
        return new IllegalStateException("required columns without a value: columns=" + missing
                + "; put a value into each, or make the groups that they are in null");
    }

    private IllegalStateException disagree(int left, int right) {
        return new IllegalStateException("columns of the same group disagree on it: column="
                + layout.leaf(left).path() + ", entries=" + describe(left) + ", column="
                + layout.leaf(right).path()
                + ", entries=" + describe(right) + "; entries are repetition/definition levels");
    }

    private String describe(int leaf) {
        if (entries[leaf] == null) {
            return "[0/" + first[leaf] + "]";
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(entries[leaf].count(), 8); i++) {
            shown.add(entries[leaf].repetition(i) + "/" + entries[leaf].definition(i));
        }
        return shown + (entries[leaf].count() > shown.size() ? ".. of " + entries[leaf].count() : "");
    }
}
