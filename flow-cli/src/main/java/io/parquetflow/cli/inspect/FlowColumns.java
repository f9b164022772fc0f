package io.parquetflow.cli.inspect;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The header columns of a segment, by the names they have there: plain in a raw sink, with a leading underscore in a
 * typed one. All names are null where the header is not complete: a table of somebody else's may well have a column
 * {@code lost}.
 *
 * <p>Thread-safe: immutable.
 *
 * @param tsNs time of the record, epoch nanoseconds
 * @param seq the row's number within its writer
 * @param lost drops of the stream right before the row
 * @param writer the writer's name
 * @param kind what a row is
 */
record FlowColumns(String tsNs, String seq, String lost, String writer, Kind kind) {
    /** What a row is. */
    enum Kind {
        /** One record, as it was handed over. */
        RAW,
        /** What a schema's values are; a decoder may make any number of rows of one record. */
        TYPED,
        /** A payload that no rows could be made of. */
        REJECT,
        /** Nothing of ours. */
        OTHER
    }

    private static final FlowColumns NONE = new FlowColumns(null, null, null, null, Kind.OTHER);

    /** The underscored names first: a typed sink may have a {@code seq} and a {@code payload} of its own. */
    static FlowColumns of(MessageType schema) {
        if (isHeader(schema, "_")) {
            return named("_", Kind.TYPED);
        }
        if (!isHeader(schema, "")) {
            return NONE;
        }
        boolean payload = has(schema, "payload", PrimitiveTypeName.BINARY);
        boolean reason =
                has(schema, "reason", PrimitiveTypeName.BINARY) && has(schema, "decoder", PrimitiveTypeName.BINARY);
        return named("", !payload ? Kind.TYPED : reason ? Kind.REJECT : Kind.RAW);
    }

    private static FlowColumns named(String prefix, Kind kind) {
        return new FlowColumns(prefix + "ts_ns", prefix + "seq", prefix + "lost", prefix + "writer", kind);
    }

    private static boolean isHeader(MessageType schema, String prefix) {
        return has(schema, prefix + "ts_ns", PrimitiveTypeName.INT64)
                && has(schema, prefix + "seq", PrimitiveTypeName.INT64)
                && has(schema, prefix + "lost", PrimitiveTypeName.INT64)
                && has(schema, prefix + "writer", PrimitiveTypeName.BINARY);
    }

    private static boolean has(MessageType schema, String name, PrimitiveTypeName type) {
        return schema.containsField(name)
                && schema.getType(name).isPrimitive()
                && schema.getType(name).asPrimitiveType().getPrimitiveTypeName() == type;
    }
}
