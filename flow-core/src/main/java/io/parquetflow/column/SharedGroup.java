package io.parquetflow.column;

/**
 * An optional or repeated group that two neighbouring columns are in: each tells of it in its own levels, and they have
 * to tell the same. A reader that puts rows together from columns which disagree fails, or makes rows up.
 *
 * <p>Thread-safe: immutable.
 *
 * @param repetition the group's largest repetition level
 * @param definition the group's largest definition level
 */
record SharedGroup(int repetition, int definition) {
    void check(ColumnValues a, ColumnValues b) {
        int i = 0;
        int j = 0;
        int endA = a.definitions();
        int endB = b.definitions();
        while (true) {
            i = next(a, i, endA);
            j = next(b, j, endB);
            if (i == endA || j == endB) {
                break;
            }
            if (level(a.repetition(), i) != level(b.repetition(), j) || ofGroup(a, i) != ofGroup(b, j)) {
                throw disagree(a, i, b, j);
            }
            i++;
            j++;
        }
        if (i != endA || j != endB) {
            throw disagree(a, i, b, j);
        }
    }

    /** The next entry that belongs to the group, and not to something repeated below it. */
    private int next(ColumnValues column, int from, int end) {
        int i = from;
        while (i < end && level(column.repetition(), i) > repetition) {
            i++;
        }
        return i;
    }

    private int ofGroup(ColumnValues column, int i) {
        return Math.min(definition, column.definition()[i]);
    }

    private static int level(byte[] levels, int i) {
        return levels == null ? 0 : levels[i];
    }

    private static IllegalArgumentException disagree(ColumnValues a, int i, ColumnValues b, int j) {
        return BatchCheck.bad(
                b,
                "levels at index=" + j + " disagree with those of column " + a.name() + " at index=" + i
                        + " on the group that both are in");
    }
}
