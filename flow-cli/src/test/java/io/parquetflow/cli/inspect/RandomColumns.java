package io.parquetflow.cli.inspect;

import io.parquetflow.ColumnBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Random rows of any schema as column batches: presence and list lengths by chance, values that the types allow. */
final class RandomColumns {
    private final MessageType schema;
    private final Random random;
    private final List<Leaf> leaves = new ArrayList<>();
    private int next;

    RandomColumns(MessageType schema, long seed) {
        this.schema = schema;
        this.random = new Random(seed);
        schema.getColumns().forEach(column -> leaves.add(new Leaf(column)));
    }

    /** Fills the batch with so many rows. */
    ColumnBatch fill(ColumnBatch batch, int rows) {
        leaves.forEach(Leaf::clear);
        for (int row = 0; row < rows; row++) {
            next = 0;
            fields(schema, 0, 0, 0);
        }
        batch.rows(rows);
        for (int i = 0; i < leaves.size(); i++) {
            leaves.get(i).give(batch, i);
        }
        return batch;
    }

    /** {@code depth} is the repetition level of the group itself, {@code repetition} that of this instance. */
    private void fields(GroupType group, int repetition, int depth, int definition) {
        for (Type field : group.getFields()) {
            int count = field.isRepetition(Type.Repetition.REQUIRED) ? 1 : random.nextInt(2);
            count = field.isRepetition(Type.Repetition.REPEATED) ? random.nextInt(4) : count;
            int below = field.isRepetition(Type.Repetition.REPEATED) ? depth + 1 : depth;
            int first = next;
            if (count == 0) {
                absent(field, repetition, definition);
            }
            int level = field.isRepetition(Type.Repetition.REQUIRED) ? definition : definition + 1;
            for (int i = 0; i < count; i++) {
                next = first;
                present(field, i == 0 ? repetition : below, below, level);
            }
        }
    }

    private void present(Type field, int repetition, int depth, int definition) {
        if (field.isPrimitive()) {
            Leaf leaf = leaves.get(next++);
            leaf.level(repetition, definition);
            leaf.value(random);
        } else {
            fields(field.asGroupType(), repetition, depth, definition);
        }
    }

    private void absent(Type field, int repetition, int definition) {
        if (field.isPrimitive()) {
            leaves.get(next++).level(repetition, definition);
        } else {
            field.asGroupType().getFields().forEach(inner -> absent(inner, repetition, definition));
        }
    }

    private static final class Leaf {
        private static final long DAY_MS = 86_400_000L;

        private final ColumnDescriptor column;
        private final PrimitiveType type;
        private final ByteArrayOutputStream repetition = new ByteArrayOutputStream();
        private final ByteArrayOutputStream definition = new ByteArrayOutputStream();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Integer> ends = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private int made;

        Leaf(ColumnDescriptor column) {
            this.column = column;
            this.type = column.getPrimitiveType();
        }

        void clear() {
            repetition.reset();
            definition.reset();
            bytes.reset();
            ends.clear();
            numbers.clear();
        }

        void level(int ofRepetition, int ofDefinition) {
            repetition.write(ofRepetition);
            definition.write(ofDefinition);
        }

        void value(Random random) {
            made++;
            switch (type.getPrimitiveTypeName()) {
                case BINARY -> {
                    boolean key = type.getName().equals("key");
                    bytes.writeBytes(text(random, key));
                    ends.add(bytes.size());
                }
                case FIXED_LEN_BYTE_ARRAY, INT96 -> fixed(random);
                case INT32, INT64 -> numbers.add(number(random));
                case BOOLEAN, FLOAT, DOUBLE -> numbers.add((long) random.nextInt(100) - 50);
            }
        }

        /** A key of a map comes once. */
        private byte[] text(Random random, boolean key) {
            if (type.getLogicalTypeAnnotation() == null
                    || type.getLogicalTypeAnnotation().toString().startsWith("DEC")) {
                return new byte[] {(byte) random.nextInt(100), (byte) random.nextInt()};
            }
            return (key ? "k" + made : "" + random.nextInt(9)).getBytes(StandardCharsets.UTF_8);
        }

        /** Small where the type is a number, so that it is one that a decimal allows. */
        private void fixed(Random random) {
            int length =
                    type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT96 ? 12 : type.getTypeLength();
            byte[] value = new byte[length];
            value[length - 1] = (byte) random.nextInt(60);
            value[length - 2] = (byte) random.nextInt();
            bytes.writeBytes(value);
        }

        private long number(Random random) {
            if (type.getLogicalTypeAnnotation() instanceof TimeLogicalTypeAnnotation) {
                return random.nextInt((int) DAY_MS);
            }
            boolean unsigned = type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation n && !n.isSigned();
            return unsigned ? random.nextInt() : random.nextInt(200) - 100;
        }

        void give(ColumnBatch batch, int index) {
            switch (type.getPrimitiveTypeName()) {
                case BOOLEAN -> {
                    boolean[] values = new boolean[numbers.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = numbers.get(i) > 0;
                    }
                    batch.booleans(index, values);
                }
                case INT32 ->
                    batch.ints(index, numbers.stream().mapToInt(Long::intValue).toArray());
                case INT64 ->
                    batch.longs(
                            index, numbers.stream().mapToLong(Long::longValue).toArray());
                case FLOAT -> {
                    float[] values = new float[numbers.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = numbers.get(i) / 2f;
                    }
                    batch.floats(index, values);
                }
                case DOUBLE ->
                    batch.doubles(
                            index, numbers.stream().mapToDouble(n -> n / 4.0).toArray());
                case BINARY -> {
                    int[] offsets = new int[ends.size() + 1];
                    for (int i = 0; i < ends.size(); i++) {
                        offsets[i + 1] = ends.get(i);
                    }
                    batch.binary(index, bytes.toByteArray(), offsets);
                }
                case FIXED_LEN_BYTE_ARRAY, INT96 -> batch.fixed(index, bytes.toByteArray());
            }
            if (column.getMaxDefinitionLevel() > 0) {
                batch.definitionLevels(index, definition.toByteArray());
            }
            if (column.getMaxRepetitionLevel() > 0) {
                batch.repetitionLevels(index, repetition.toByteArray());
            }
        }
    }
}
