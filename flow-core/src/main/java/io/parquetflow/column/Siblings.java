package io.parquetflow.column;

import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * What neighbouring leaves share: the levels of the innermost group that both are in. Leaves farther apart share the
 * least that any neighbours between them do, so that neighbours say all.
 *
 * <p>Thread-safe: immutable.
 */
final class Siblings {
    private final byte[] repetition;
    private final byte[] definition;
    private final boolean none;

    private Siblings(byte[] repetition, byte[] definition) {
        this.repetition = repetition;
        this.definition = definition;
        boolean any = false;
        for (byte level : definition) {
            any |= level > 0;
        }
        this.none = !any;
    }

    static Siblings of(MessageType schema) {
        List<ColumnDescriptor> columns = schema.getColumns();
        byte[] repetition = new byte[columns.size()];
        byte[] definition = new byte[columns.size()];
        for (int i = 1; i < columns.size(); i++) {
            String[] group = common(columns.get(i - 1).getPath(), columns.get(i).getPath());
            repetition[i] = (byte) schema.getMaxRepetitionLevel(group);
            definition[i] = (byte) schema.getMaxDefinitionLevel(group);
        }
        return new Siblings(repetition, definition);
    }

    private static String[] common(String[] left, String[] right) {
        int length = 0;
        while (left[length].equals(right[length])) {
            length++; // ends before either path does: a leaf is nobody's parent
        }
        return Arrays.copyOf(left, length);
    }

    /** No two leaves share a group that may be missing or repeated. */
    boolean areNone() {
        return none;
    }

    /** Of the group that a leaf shares with the one before it: its largest repetition level. */
    int repetition(int leaf) {
        return repetition[leaf];
    }

    /** Of the group that a leaf shares with the one before it: its largest definition level. */
    int definition(int leaf) {
        return definition[leaf];
    }
}
