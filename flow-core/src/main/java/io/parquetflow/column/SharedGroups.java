package io.parquetflow.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Columns below the same optional or repeated group: each tells of that group in its own levels, and they have to tell
 * the same. A reader that puts rows together from columns which disagree fails, or makes rows up.
 *
 * <p>Thread-safe: stateless.
 */
final class SharedGroups {
    private SharedGroups() {}

    /**
     * Two neighbours, and the largest levels that belong to the group they share.
     *
     * @param left a column's index
     * @param right the next column's index
     * @param repetition the group's largest repetition level
     * @param definition the group's largest definition level
     */
    record Pair(int left, int right, int repetition, int definition) {
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

    /** Every pair of neighbours that share a group which may be missing or repeated. */
    static List<Pair> of(MessageType schema) {
        List<ColumnDescriptor> columns = schema.getColumns();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < columns.size(); i++) {
            String[] left = columns.get(i).getPath();
            String[] right = columns.get(i + 1).getPath();
            int shared = 0;
            while (left[shared].equals(right[shared])) {
                shared++;
            }
            if (shared > 0) {
                String[] group = java.util.Arrays.copyOf(left, shared);
                int definition = schema.getMaxDefinitionLevel(group);
                if (definition > 0) {
                    pairs.add(new Pair(i, i + 1, schema.getMaxRepetitionLevel(group), definition));
                }
            }
        }
        return pairs;
    }
}
