package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * What the levels of one column chunk say about the groups above the column. The columns of a group must say the same of
 * it: how often it is there, and how far it is defined. So each keeps a hash per group, to be compared.
 *
 * <p>Not thread-safe.
 */
final class LevelShape {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final String[] groups;
    private final int[] groupRepetition;
    private final int[] groupDefinition;
    private final long[] hashes;

    /** By repetition level: the definition level that an element of that repetition has at least. */
    private final int[] elementDefinition;

    LevelShape(MessageType schema, ColumnDescriptor column) {
        String[] path = column.getPath();
        groups = new String[path.length - 1];
        groupRepetition = new int[groups.length];
        groupDefinition = new int[groups.length];
        hashes = new long[groups.length];
        elementDefinition = new int[column.getMaxRepetitionLevel() + 1];
        for (int depth = 1; depth <= path.length; depth++) {
            String[] part = Arrays.copyOf(path, depth);
            int repetition = schema.getMaxRepetitionLevel(part);
            int definition = schema.getMaxDefinitionLevel(part);
            if (schema.getType(part).isRepetition(Type.Repetition.REPEATED)) {
                elementDefinition[repetition] = definition;
            }
            if (depth < path.length) {
                groups[depth - 1] = String.join(".", part);
                groupRepetition[depth - 1] = repetition;
                groupDefinition[depth - 1] = definition;
            }
        }
    }

    /**
     * Takes the levels of the next entry.
     *
     * @throws IOException when no row can have such an entry
     */
    void add(int repetition, int definition) throws IOException {
        if (definition < elementDefinition[repetition]) {
            throw new IOException("levels contradict each other: repetition=" + repetition + ", definition="
                    + definition + ", an element has at least " + elementDefinition[repetition]);
        }
        for (int i = 0; i < hashes.length; i++) {
            if (repetition <= groupRepetition[i]) {
                int entry = 1 + (repetition << 8 | Math.min(definition, groupDefinition[i]));
                hashes[i] = Long.rotateLeft((hashes[i] ^ entry) * MIX, 29);
            }
        }
    }

    /** By the dotted name of a group; those that are always there once are left out. */
    Map<String, Long> hashes() {
        Map<String, Long> named = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            if (groupDefinition[i] > 0) {
                named.put(groups[i], hashes[i]);
            }
        }
        return named;
    }
}
