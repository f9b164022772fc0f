package io.parquetflow.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Rows of a schema. A row, like the content of any group, is a list with one entry for each field: the content, null
 * where an optional field is not there, and for a repeated field a list of contents. The content of a leaf is a value
 * as {@link LeafKind} draws it.
 *
 * @param schema what the rows look like
 * @param rows the rows
 */
public record Sample(MessageType schema, List<List<Object>> rows) {
    private static final int MOST_ELEMENTS = 4;

    /** Draws rows. How often there are nulls and how long lists are is drawn once, so that samples differ in it. */
    public static Sample draw(MessageType schema, Random random, int rows) {
        Rows draw = new Rows(random);
        List<List<Object>> drawn = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            drawn.add(draw.group(schema, 0));
        }
        return new Sample(schema, drawn);
    }

    /** All columns. */
    public List<ColumnData> columns() {
        return ColumnData.shred(schema, rows);
    }

    /** The rows from one to before another. */
    public Sample slice(int from, int to) {
        return new Sample(schema, rows.subList(from, to));
    }

    /** Draws rows of one sample. Not thread-safe. */
    private static final class Rows {
        private final Random random;
        private final double nulls;
        private final double empties;
        /** A NaN takes the bounds of its page away: half of the samples go without. */
        private final boolean nan;

        Rows(Random random) {
            this.random = random;
            double[] shares = {0, 0.1, 0.5, 0.95, 1};
            // mostly some nulls: none at all, or nothing else, are for a few samples
            this.nulls = random.nextInt(3) == 0 ? shares[random.nextInt(shares.length)] : 0.2;
            this.empties = random.nextInt(4) == 0 ? 0.9 : 0.3;
            this.nan = random.nextBoolean();
        }

        List<Object> group(GroupType group, int depth) {
            List<Object> fields = new ArrayList<>(group.getFieldCount());
            for (Type field : group.getFields()) {
                fields.add(field(field, group, depth));
            }
            return fields;
        }

        private Object field(Type field, GroupType parent, int depth) {
            return switch (field.getRepetition()) {
                case REQUIRED -> content(field, depth);
                case OPTIONAL -> random.nextDouble() < nulls ? null : content(field, depth);
                case REPEATED -> elements(field, parent, depth);
            };
        }

        /** Deep lists are short, or a row would have thousands of entries. */
        private List<Object> elements(Type field, GroupType parent, int depth) {
            int count = random.nextDouble() < empties ? 0 : 1 + random.nextInt(Math.max(1, MOST_ELEMENTS - depth));
            boolean keyed = parent.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation;
            Set<String> keys = new HashSet<>();
            List<Object> elements = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Object element = content(field, depth + 1);
                // which of two equal keys counts is left to the reader
                if (!keyed || keys.add(key(field, element))) {
                    elements.add(element);
                }
            }
            return elements;
        }

        private static String key(Type pair, Object content) {
            return DuckText.expected(pair.asGroupType().getType(0), ((List<?>) content).get(0));
        }

        private Object content(Type field, int depth) {
            if (!field.isPrimitive()) {
                return group(field.asGroupType(), depth);
            }
            PrimitiveType type = field.asPrimitiveType();
            LeafKind kind = LeafKind.of(type);
            return nan ? kind.draw(random) : kind.drawOrdered(random);
        }
    }
}
