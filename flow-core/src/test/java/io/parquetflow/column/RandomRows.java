package io.parquetflow.column;

import io.parquetflow.column.CollectedRows.Entry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Random schemas of any nesting, and random rows of them, striped into columns by walking the schema as a tree. */
final class RandomRows {
    private static final int MOST_NESTING = 5;

    private static final List<Repetition> REPETITIONS = List.of(Repetition.values());
    private static final List<PrimitiveTypeName> TYPES = List.of(PrimitiveTypeName.values());

    private final Random random;
    private final MessageType schema;
    private List<List<Entry>> columns;
    private int leaf;

    RandomRows(long seed) {
        random = new Random(seed);
        List<Type> fields = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            fields.add(field("f" + i, 1));
        }
        schema = new MessageType("m", fields);
    }

    MessageType schema() {
        return schema;
    }

    private Type field(String name, int depth) {
        Repetition repetition = REPETITIONS.get(random.nextInt(REPETITIONS.size()));
        int kind = random.nextInt(10);
        if (depth < MOST_NESTING && kind < 4) {
            Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                group.addField(field("g" + i, depth + 1));
            }
            return group.named(name);
        }
        if (depth < MOST_NESTING - 1 && kind < 6 && repetition != Repetition.REPEATED) {
            return Types.list(repetition).element(field("element", depth + 2)).named(name);
        }
        PrimitiveTypeName type = TYPES.get(random.nextInt(TYPES.size()));
        Types.PrimitiveBuilder<PrimitiveType> primitive = Types.primitive(type, repetition);
        return switch (type) {
            case FIXED_LEN_BYTE_ARRAY ->
                primitive.length(1 + random.nextInt(20)).named(name);
            case BINARY ->
                random.nextBoolean()
                        ? primitive.as(LogicalTypeAnnotation.stringType()).named(name)
                        : primitive.named(name);
            default -> primitive.named(name);
        };
    }

    /** The next row: entries by leaf. */
    List<List<Entry>> row() {
        columns = new ArrayList<>();
        schema.getColumns().forEach(c -> columns.add(new ArrayList<>()));
        leaf = 0;
        for (Type field : schema.getFields()) {
            stripe(field, 0, 0, 0, true);
        }
        return columns;
    }

    /** As Dremel has it: the levels that hold above the field, and whether what it is in is there at all. */
    private void stripe(Type field, int repetition, int definition, int lists, boolean isThere) {
        int first = leaf;
        int times = 1;
        int full = definition;
        int innerLists = lists;
        switch (field.getRepetition()) {
            case REQUIRED -> {}
            case OPTIONAL -> {
                times = random.nextInt(3) == 0 ? 0 : 1;
                full++;
            }
            case REPEATED -> {
                times = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3);
                full++;
                innerLists++;
            }
        }
        if (!isThere || times == 0) {
            missing(field, repetition, definition);
            return;
        }
        for (int i = 0; i < times; i++) {
            leaf = first;
            int level = i == 0 ? repetition : innerLists;
            if (field.isPrimitive()) {
                columns.get(leaf++).add(new Entry(level, full, value(field.asPrimitiveType())));
            } else {
                for (Type child : field.asGroupType().getFields()) {
                    stripe(child, level, full, innerLists, true);
                }
            }
        }
    }

    private void missing(Type field, int repetition, int definition) {
        if (field.isPrimitive()) {
            columns.get(leaf++).add(new Entry(repetition, definition, null));
        } else {
            for (Type child : field.asGroupType().getFields()) {
                missing(child, repetition, definition);
            }
        }
    }

    private Object value(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case INT96 -> hex(12);
            case FIXED_LEN_BYTE_ARRAY -> hex(type.getTypeLength());
            case BINARY ->
                type.getLogicalTypeAnnotation() == null
                        ? hex(random.nextInt(40))
                        : HexFormat.of().formatHex(new byte[random.nextInt(300)]);
        };
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
