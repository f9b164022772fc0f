package io.parquetflow.cli.inspect;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The header columns of a segment, by the names they have there: plain in a raw sink, with a leading underscore in a
 * typed one. A name is null where the schema has no such column.
 *
 * @param tsNs time of the record, epoch nanoseconds
 * @param seq the record's number within its writer
 * @param lost drops of the stream right before the row
 * @param writer the writer's name
 * @param raw one row is one record, so that {@code seq} has no holes
 */
record FlowColumns(String tsNs, String seq, String lost, String writer, boolean raw) {
    static FlowColumns of(MessageType schema) {
        boolean raw = has(schema, "seq", PrimitiveTypeName.INT64) && has(schema, "payload", PrimitiveTypeName.BINARY);
        return new FlowColumns(
                find(schema, "ts_ns", PrimitiveTypeName.INT64),
                find(schema, "seq", PrimitiveTypeName.INT64),
                find(schema, "lost", PrimitiveTypeName.INT64),
                find(schema, "writer", PrimitiveTypeName.BINARY),
                raw);
    }

    /** The underscored name first: a typed sink may well have a {@code seq} of its own. */
    private static String find(MessageType schema, String name, PrimitiveTypeName type) {
        return has(schema, "_" + name, type) ? "_" + name : has(schema, name, type) ? name : null;
    }

    private static boolean has(MessageType schema, String name, PrimitiveTypeName type) {
        return schema.containsField(name)
                && schema.getType(name).isPrimitive()
                && schema.getType(name).asPrimitiveType().getPrimitiveTypeName() == type;
    }
}
