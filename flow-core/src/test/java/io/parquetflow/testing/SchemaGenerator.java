package io.parquetflow.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Schemas that nobody would think of: a few fields, each a leaf of any kind, a group, a LIST or a MAP, up to five of
 * them in each other.
 *
 * <p>Not thread-safe.
 */
public final class SchemaGenerator {
    /** How many groups, lists and maps are around a leaf at most. */
    public static final int MOST_NESTING = 5;

    private static final List<Repetition> REPETITIONS = List.of(Repetition.values());
    private static final List<LeafKind> KINDS = List.of(LeafKind.values());
    private static final int MOST_FIELDS = 4;
    private static final int MOST_LEAVES = 16;
    private static final List<String> NAMES =
            List.of("a", "b2", "with space", "\u017c\u00f3\u0142\u0107", "under_score", "UPPER", "select", "list");

    private final Random random;
    private int leaves;

    /** The same random, the same schemas. */
    public SchemaGenerator(Random random) {
        this.random = random;
    }

    /** The next schema. */
    public MessageType next() {
        leaves = 0;
        return new MessageType("row", fields(0));
    }

    private List<Type> fields(int nesting) {
        int count = 1 + random.nextInt(MOST_FIELDS);
        List<Type> fields = new ArrayList<>(count);
        for (int i = 0; i < count && (i == 0 || leaves < MOST_LEAVES); i++) {
            // engines that ignore case must find two names different
            fields.add(field(NAMES.get(random.nextInt(NAMES.size())) + i, nesting, repetition()));
        }
        return fields;
    }

    private Repetition repetition() {
        return REPETITIONS.get(random.nextInt(REPETITIONS.size()));
    }

    /** Required or optional, as LIST, MAP and their elements must be. */
    private Repetition single() {
        return random.nextBoolean() ? Repetition.REQUIRED : Repetition.OPTIONAL;
    }

    private Type field(String name, int nesting, Repetition repetition) {
        // deeper than one in a thousand schemas would be by chance alone
        boolean leaf = nesting >= MOST_NESTING || leaves >= MOST_LEAVES || random.nextInt(5) < 2;
        if (leaf) {
            return leaf(name, repetition);
        }
        Repetition single = repetition == Repetition.REPEATED ? Repetition.OPTIONAL : repetition;
        return switch (random.nextInt(3)) {
            case 0 -> new GroupType(repetition, name, fields(nesting + 1));
            case 1 -> LeafForm.list(single, name, field("element", nesting + 1, single()));
            default ->
                LeafForm.map(single, name, leaf("key", Repetition.REQUIRED), field("value", nesting + 1, single()));
        };
    }

    private Type leaf(String name, Repetition repetition) {
        leaves++;
        return KINDS.get(random.nextInt(KINDS.size())).type(repetition, name);
    }
}
