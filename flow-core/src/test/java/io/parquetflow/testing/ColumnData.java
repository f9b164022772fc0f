package io.parquetflow.testing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A leaf column of some rows as a column writer takes it: levels, one of each per entry, and the values that are there.
 *
 * <p>Thread-safe: nobody changes it.
 */
public final class ColumnData {
    private final ColumnDescriptor column;
    private final byte[] repetition;
    private final byte[] definition;
    private final List<Object> values;

    private ColumnData(ColumnDescriptor column, byte[] repetition, byte[] definition, List<Object> values) {
        this.column = column;
        this.repetition = repetition;
        this.definition = definition;
        this.values = values;
    }

    /** The leaf. */
    public ColumnDescriptor column() {
        return column;
    }

    /** Dotted. */
    public String path() {
        return String.join(".", column.getPath());
    }

    /** Repetition levels, one for each entry; where the column has none, zeros. */
    public byte[] repetition() {
        return repetition.clone();
    }

    /** Definition levels, one for each entry; where the column has none, zeros. */
    public byte[] definition() {
        return definition.clone();
    }

    /** One for each entry whose definition level is the largest. */
    public List<Object> values() {
        return values;
    }

    /** How many entries: values, nulls and empty lists. */
    public int entries() {
        return definition.length;
    }

    /** The columns of a schema's rows, in the schema's order. See {@link Sample} for the shape of a row. */
    public static List<ColumnData> shred(MessageType schema, List<List<Object>> rows) {
        Shredder shredder = new Shredder(schema.getColumns());
        for (List<Object> row : rows) {
            shredder.row(schema, row);
        }
        return shredder.columns();
    }

    /** The entries of the rows from one to before another. */
    public ColumnData rows(long from, long to) {
        int begin = -1;
        int end = entries();
        int valuesBefore = 0;
        int row = -1;
        int values = 0;
        for (int i = 0; i < entries(); i++) {
            if (repetition[i] == 0) {
                row++;
                if (row == from) {
                    begin = i;
                    valuesBefore = values;
                }
                if (row == to) {
                    end = i;
                    break;
                }
            }
            if (definition[i] == column.getMaxDefinitionLevel()) {
                values++;
            }
        }
        if (begin < 0) {
            throw new IllegalArgumentException("no such rows: from=" + from + ", rows=" + (row + 1));
        }
        return new ColumnData(
                column,
                Arrays.copyOfRange(repetition, begin, end),
                Arrays.copyOfRange(definition, begin, end),
                this.values.subList(valuesBefore, values));
    }

    /** One line for each entry: repetition level, definition level, and the value or {@code -}. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(entries());
        int value = 0;
        for (int i = 0; i < entries(); i++) {
            boolean there = definition[i] == column.getMaxDefinitionLevel();
            lines.add(Leaves.line(repetition[i], definition[i], there ? Leaves.text(values.get(value++)) : "-"));
        }
        return lines;
    }

    /** Walks rows, and adds an entry to every leaf below each field it passes. Not thread-safe. */
    private static final class Shredder {
        private final List<ColumnDescriptor> columns;
        private final List<ByteArrayOutputStream> repetition = new ArrayList<>();
        private final List<ByteArrayOutputStream> definition = new ArrayList<>();
        private final List<List<Object>> values = new ArrayList<>();
        private int leaf;

        Shredder(List<ColumnDescriptor> columns) {
            this.columns = columns;
            for (int i = 0; i < columns.size(); i++) {
                repetition.add(new ByteArrayOutputStream());
                definition.add(new ByteArrayOutputStream());
                values.add(new ArrayList<>());
            }
        }

        void row(GroupType schema, List<Object> row) {
            leaf = 0;
            group(schema, row, 0, 0, 0);
        }

        /**
         * @param depth how many repeated fields are around the group
         * @param r the repetition level of the first entry
         */
        private void group(GroupType group, List<Object> fields, int depth, int r, int d) {
            for (int i = 0; i < group.getFieldCount(); i++) {
                field(group.getType(i), fields == null ? null : fields.get(i), depth, r, d);
            }
        }

        private void field(Type type, Object content, int depth, int r, int d) {
            if (content == null) {
                content(type, null, depth, r, d);
            } else if (type.isRepetition(Type.Repetition.REPEATED)) {
                List<?> elements = (List<?>) content;
                if (elements.isEmpty()) {
                    content(type, null, depth, r, d);
                }
                int first = leaf;
                for (int i = 0; i < elements.size(); i++) {
                    leaf = first;
                    content(type, elements.get(i), depth + 1, i == 0 ? r : depth + 1, d + 1);
                }
            } else {
                content(type, content, depth, r, type.isRepetition(Type.Repetition.OPTIONAL) ? d + 1 : d);
            }
        }

        @SuppressWarnings("unchecked") // the content of a group is a list of its fields
        private void content(Type type, Object content, int depth, int r, int d) {
            if (!type.isPrimitive()) {
                group(type.asGroupType(), (List<Object>) content, depth, r, d);
                return;
            }
            repetition.get(leaf).write(r);
            definition.get(leaf).write(d);
            if (content != null) {
                values.get(leaf).add(content);
            }
            leaf++;
        }

        List<ColumnData> columns() {
            List<ColumnData> result = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                result.add(new ColumnData(
                        columns.get(i),
                        repetition.get(i).toByteArray(),
                        definition.get(i).toByteArray(),
                        values.get(i)));
            }
            return result;
        }
    }
}
