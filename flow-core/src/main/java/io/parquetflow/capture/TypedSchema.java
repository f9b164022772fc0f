package io.parquetflow.capture;

import io.parquetflow.column.SchemaRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The schema of a typed sink: header columns, with an underscore in front since a trade has a {@code ts} of its own, then
 * the user's fields.
 *
 * <p>Thread-safe: stateless.
 */
public final class TypedSchema {
    private static final int LARGEST_RESERVED_ID = 999;

    private TypedSchema() {}

    /**
     * Puts the header columns in front.
     *
     * @param schema the user's
     * @return the segments' schema: seven columns, then the user's
     * @throws IllegalArgumentException naming the field that cannot be written, and why
     */
    public static MessageType of(MessageType schema) {
        SchemaRules.prepare(schema); // complains of the user's fields by the names the user knows
        List<Type> fields = new ArrayList<>();
        for (Type header : RawSchema.SCHEMA.getFields().subList(0, HeaderColumns.COUNT)) {
            fields.add(renamed(header));
        }
        for (Type field : schema.getFields()) {
            checkIds(field, field.getName());
            fields.add(field);
        }
        return SchemaRules.prepare(new MessageType(schema.getName(), fields));
    }

    /**
     * Puts the header columns, under their own names, in front of columns of ours.
     *
     * @param schema of a log's events, say; its ids are ours to give
     * @return the segments' schema: seven columns, then those
     * @throws IllegalArgumentException naming the field that cannot be written, and why
     */
    public static MessageType ours(MessageType schema) {
        List<Type> fields = new ArrayList<>(RawSchema.SCHEMA.getFields().subList(0, HeaderColumns.COUNT));
        fields.addAll(schema.getFields());
        return SchemaRules.prepare(new MessageType(schema.getName(), fields));
    }

    /** At every depth: a table knows all its fields, nested ones as well, by ids of one space. */
    private static void checkIds(Type field, String path) {
        if (field.getId() != null && field.getId().intValue() <= LARGEST_RESERVED_ID) {
            throw new IllegalArgumentException("cannot write this schema: field=" + path + ": field id "
                    + field.getId().intValue() + " is one of ours, 1 to " + LARGEST_RESERVED_ID
                    + "; take another, or none");
        }
        if (!field.isPrimitive()) {
            for (Type nested : field.asGroupType().getFields()) {
                checkIds(nested, path + "." + nested.getName());
            }
        }
    }

    private static Type renamed(Type header) {
        PrimitiveType type = header.asPrimitiveType();
        return Types.primitive(type.getPrimitiveTypeName(), type.getRepetition())
                .as(type.getLogicalTypeAnnotation())
                .id(type.getId().intValue())
                .named("_" + type.getName());
    }
}
