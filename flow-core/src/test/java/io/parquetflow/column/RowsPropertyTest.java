package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.column.CollectedRows.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;

/** Random rows of random schemas: what is staged comes out of the shredder, entry by entry. */
class RowsPropertyTest {
    private static final int SEEDS = 1_000;
    private static final int ROWS = 8;

    /** Which entry of which leaf comes next. */
    private record Step(int leaf, Entry entry) {}

    @Test
    void whatIsStagedComesOut() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomRows rows = new RandomRows(seed);
            Random random = new Random(~seed);
            RowStage stage = new RowStage(RecordLayout.of(rows.schema()));
            for (int row = 0; row < ROWS; row++) {
                List<List<Entry>> expected = rows.row();
                stage.begin();
                for (Step step : steps(expected, random)) {
                    put(stage, step, random);
                }
                stage.finish();
                assertThat(CollectedRows.of(stage))
                        .as("seed=%d, row=%d, %s", seed, row, rows.schema())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void severalRowsComeOutOfOneShredderFromAnyPlace() {
        for (int seed = 0; seed < SEEDS / 10; seed++) {
            RandomRows rows = new RandomRows(seed);
            MessageType schema = rows.schema();
            RowStage stage = new RowStage(RecordLayout.of(schema));
            CollectedRows collected = new CollectedRows(schema);
            RowShredder shredder = new RowShredder(stage.layout(), collected);
            List<List<Entry>> expected = new ArrayList<>();
            schema.getColumns().forEach(c -> expected.add(new ArrayList<>()));
            for (int row = 0; row < ROWS; row++) {
                List<List<Entry>> entries = rows.row();
                stage.begin();
                steps(entries, new Random(0)).forEach(s -> put(stage, s, new Random(0)));
                int length = stage.finish();
                ByteBuffer elsewhere = ByteBuffer.allocateDirect(length + 7).order(java.nio.ByteOrder.LITTLE_ENDIAN);
                elsewhere.put(7, stage.array(), 0, length);
                shredder.shred(elsewhere, 7);
                for (int i = 0; i < entries.size(); i++) {
                    expected.get(i).addAll(entries.get(i));
                }
            }
            for (int i = 0; i < expected.size(); i++) {
                assertThat(collected.column(i)).as("seed=%d, leaf=%d", seed, i).isEqualTo(expected.get(i));
            }
            assertThat(collected.rows()).containsOnly(ROWS);
        }
    }

    /** One leaf told of otherwise than the others: refused, unless it is the only one that tells. */
    @Test
    void aLeafThatDisagreesWithItsGroupIsRefused() {
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomRows rows = new RandomRows(seed);
            MessageType schema = rows.schema();
            Random random = new Random(seed);
            int odd = random.nextInt(schema.getColumns().size());
            List<List<Entry>> expected = rows.row();
            List<List<Entry>> mixed = new ArrayList<>(expected);
            mixed.set(odd, rows.row().get(odd));
            RowStage stage = new RowStage(RecordLayout.of(schema));
            stage.begin();
            steps(mixed, new Random(seed)).forEach(s -> put(stage, s, new Random(0)));
            if (agrees(schema, mixed, odd)) {
                stage.finish();
            } else {
                refused++;
                assertThatThrownBy(stage::finish)
                        .as("seed=%d, leaf=%d, %s", seed, odd, schema)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("columns of the same group disagree on it");
            }
        }
        assertThat(refused).isBetween(SEEDS / 20, SEEDS - SEEDS / 20);
    }

    /** By definition: with each other leaf, entries above or at the common group are the same. */
    private static boolean agrees(MessageType schema, List<List<Entry>> entries, int odd) {
        String[] path = schema.getColumns().get(odd).getPath();
        for (int i = 0; i < entries.size(); i++) {
            String[] other = schema.getColumns().get(i).getPath();
            int common = 0;
            while (common < Math.min(path.length, other.length) && path[common].equals(other[common])) {
                common++;
            }
            String[] group = java.util.Arrays.copyOf(path, Math.min(common, path.length - 1));
            int repetition = schema.getMaxRepetitionLevel(group);
            int definition = schema.getMaxDefinitionLevel(group);
            if (!ofGroup(entries.get(i), repetition, definition)
                    .equals(ofGroup(entries.get(odd), repetition, definition))) {
                return false;
            }
        }
        return true;
    }

    private static List<Entry> ofGroup(List<Entry> entries, int repetition, int definition) {
        return entries.stream()
                .filter(e -> e.repetition() <= repetition)
                .map(e -> new Entry(e.repetition(), Math.min(e.definition(), definition), null))
                .toList();
    }

    /** The leaves in turns, in any order, but each leaf's entries in their own. */
    private static List<Step> steps(List<List<Entry>> columns, Random random) {
        List<Step> steps = new ArrayList<>();
        int[] done = new int[columns.size()];
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            left.add(i);
        }
        while (!left.isEmpty()) {
            int leaf = left.get(random.nextInt(left.size()));
            steps.add(new Step(leaf, columns.get(leaf).get(done[leaf]++)));
            if (done[leaf] == columns.get(leaf).size()) {
                left.remove((Integer) leaf);
            }
        }
        return steps;
    }

    private static void put(RowStage stage, Step step, Random random) {
        ColumnDescriptor column = stage.layout().schema().getColumns().get(step.leaf());
        Entry entry = step.entry();
        boolean isFull = entry.definition() == column.getMaxDefinitionLevel();
        if (column.getMaxRepetitionLevel() > 0 || !isFull || random.nextBoolean()) {
            stage.entry(step.leaf(), entry.repetition(), entry.definition());
        }
        if (!isFull) {
            return;
        }
        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> stage.putBoolean(step.leaf(), (boolean) entry.value());
            case INT32 -> stage.putInt(step.leaf(), (int) entry.value());
            case INT64 -> stage.putLong(step.leaf(), (long) entry.value());
            case FLOAT -> stage.putFloat(step.leaf(), (float) entry.value());
            case DOUBLE -> stage.putDouble(step.leaf(), (double) entry.value());
            default -> putBytes(stage, step, column, random);
        }
    }

    private static void putBytes(RowStage stage, Step step, ColumnDescriptor column, Random random) {
        byte[] bytes = HexFormat.of().parseHex((String) step.entry().value());
        if (column.getPrimitiveType().getLogicalTypeAnnotation() != null && random.nextBoolean()) {
            stage.putString(step.leaf(), new String(bytes, StandardCharsets.UTF_8));
        } else if (random.nextBoolean()) {
            stage.putBytes(step.leaf(), bytes, 0, bytes.length);
        } else {
            ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 2).put(1, bytes);
            stage.putBytes(step.leaf(), buffer, 1, bytes.length);
        }
    }
}
