package io.parquetflow.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32C;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Which schemas can be written, and what is added to them: a field id for each field, and the column order that today's
 * readers know.
 *
 * <p>Thread-safe: stateless.
 */
public final class SchemaRules {
    /** Groups in groups: as deep as anything that a reader was ever tested with, and levels fit a byte. */
    public static final int MOST_NESTING = 32;

    /** A footer tells of each column in each row group; beyond this, one of these alone is megabytes. */
    public static final int MOST_COLUMNS = 10_000;

    private static final int DERIVED_ID = 1 << 30;

    private SchemaRules() {}

    /**
     * Checks a schema and completes it.
     *
     * @param schema as the user wrote it
     * @return the same with field ids and column orders
     * @throws IllegalArgumentException naming the field that cannot be written, and why
     */
    public static MessageType prepare(MessageType schema) {
        if (schema.getFieldCount() == 0) {
            throw refused(schema.getName(), "a schema without fields");
        }
        Map<Integer, String> ids = new HashMap<>();
        MessageType complete = new MessageType(schema.getName(), fields(schema, "", 1, ids));
        if (complete.getColumns().size() > MOST_COLUMNS) {
            throw refused(
                    schema.getName(),
                    "columns=" + complete.getColumns().size() + ", at most " + MOST_COLUMNS + "; split the schema");
        }
        return complete;
    }

    private static List<Type> fields(GroupType group, String path, int depth, Map<Integer, String> ids) {
        if (depth > MOST_NESTING) {
            throw refused(path, "nested deeper than " + MOST_NESTING);
        }
        Set<String> names = new HashSet<>();
        List<Type> complete = new ArrayList<>();
        for (Type field : group.getFields()) {
            String fieldPath = path.isEmpty() ? field.getName() : path + "." + field.getName();
            if (field.getName().isEmpty()) {
                throw refused(fieldPath, "a field without a name");
            }
            if (!names.add(field.getName().toLowerCase(Locale.ROOT))) {
                throw refused(fieldPath, "its name is there twice; readers like DuckDB and Spark ignore case");
            }
            int id = id(field, fieldPath, ids);
            complete.add(
                    field.isPrimitive()
                            ? primitive(field.asPrimitiveType(), fieldPath).withId(id)
                            : group(field.asGroupType(), fieldPath, depth, ids).withId(id));
        }
        return complete;
    }

    /** Explicit, or derived from the path: the same in every process and for ever. */
    private static int id(Type field, String path, Map<Integer, String> ids) {
        int id = field.getId() == null ? derivedId(path) : field.getId().intValue();
        String other = ids.put(id, path);
        if (other != null) {
            throw refused(path, "field id " + id + " is that of " + other + " as well; give one of them another id");
        }
        return id;
    }

    static int derivedId(String path) {
        CRC32C crc = new CRC32C();
        crc.update(path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return DERIVED_ID | ((int) crc.getValue() & ((1 << 29) - 1));
    }

    private static GroupType group(GroupType group, String path, int depth, Map<Integer, String> ids) {
        if (group.getFieldCount() == 0) {
            throw refused(path, "a group without fields; Parquet has no place for it");
        }
        if (group.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.VariantLogicalTypeAnnotation) {
            throw refused(path, "VARIANT is not written");
        }
        if (group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation) {
            map(group, path);
        }
        if (group.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            list(group, path);
        }
        return group.withNewFields(fields(group, path, depth + 1, ids));
    }

    private static void map(GroupType map, String path) {
        Type entries = map.getType(0);
        if (map.getFieldCount() != 1 || !entries.isRepetition(Repetition.REPEATED) || entries.isPrimitive()) {
            throw refused(path, "a MAP is one repeated group of key and value");
        }
        GroupType pair = entries.asGroupType();
        if (pair.getFieldCount() == 0 || pair.getFieldCount() > 2) {
            throw refused(path, "a MAP is one repeated group of key and value, fields=" + pair.getFieldCount());
        }
        if (!pair.getType(0).isRepetition(Repetition.REQUIRED)) {
            throw refused(path, "the key of a MAP is required, and comes first");
        }
    }

    private static void list(GroupType list, String path) {
        if (list.getFieldCount() != 1
                || !list.getType(0).isRepetition(Repetition.REPEATED)
                || list.getType(0).isPrimitive()) {
            throw refused(path, "a LIST is one repeated group with one element");
        }
    }

    private static PrimitiveType primitive(PrimitiveType type, String path) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof LogicalTypeAnnotation.UnknownLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.GeometryLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.GeographyLogicalTypeAnnotation) {
            throw refused(path, logical + " is not written; take the type without it");
        }
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && type.getTypeLength() <= 0) {
            throw refused(path, "FIXED_LEN_BYTE_ARRAY of length " + type.getTypeLength());
        }
        if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
            decimal(type, decimal, path);
        }
        return ordered(type);
    }

    private static void decimal(PrimitiveType type, DecimalLogicalTypeAnnotation decimal, String path) {
        int most =
                switch (type.getPrimitiveTypeName()) {
                    case INT32 -> 9;
                    case INT64 -> 18;
                    case FIXED_LEN_BYTE_ARRAY -> (int) Math.floor(Math.log10(2) * (8L * type.getTypeLength() - 1));
                    default -> Integer.MAX_VALUE;
                };
        if (decimal.getPrecision() <= 0 || decimal.getScale() < 0 || decimal.getScale() > decimal.getPrecision()) {
            throw refused(path, "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + "): no such numbers");
        }
        if (decimal.getPrecision() > most) {
            throw refused(
                    path,
                    "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ") does not fit "
                            + type.getPrimitiveTypeName() + ", which has at most " + most + " digits");
        }
    }

    /** parquet-java would give FLOAT, DOUBLE and FLOAT16 an order whose bounds today's readers ignore. */
    private static PrimitiveType ordered(PrimitiveType type) {
        boolean floating = type.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT
                || type.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
                || type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
        if (!floating) {
            return type;
        }
        return Types.primitive(type.getPrimitiveTypeName(), type.getRepetition())
                .length(type.getTypeLength())
                .as(type.getLogicalTypeAnnotation())
                .columnOrder(ColumnOrder.typeDefined())
                .named(type.getName());
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("cannot write this schema: field=" + path + ": " + why);
    }

    /** A column's index by its dotted path. */
    static ToIntFunction<String> index(MessageType schema) {
        Map<String, Integer> indices = new HashMap<>();
        List<ColumnDescriptor> columns = schema.getColumns(); // made anew each time it is asked for
        for (int i = 0; i < columns.size(); i++) {
            indices.put(String.join(".", columns.get(i).getPath()), i);
        }
        return path -> {
            Integer index = indices.get(path);
            if (index == null) {
                throw new IllegalArgumentException("no such column: path=" + path + ", columns=" + indices.keySet());
            }
            return index;
        };
    }
}
