package io.parquetflow.capture;

import io.parquetflow.spi.PayloadDecoder;
import java.util.Objects;
import org.apache.parquet.schema.MessageType;

/**
 * What payloads are, and what becomes of them.
 *
 * @param kind what a payload is
 * @param schema the user's columns; null where the payload is the only one
 * @param decoder makes rows of payloads; null where none is needed
 */
public record RowForm(Kind kind, MessageType schema, PayloadDecoder decoder) {
    /** What a payload is. */
    public enum Kind {
        /** Bytes: a column of their own. */
        RAW,
        /** A row, staged by its producer: {@link io.parquetflow.column.RecordLayout}. */
        ROWS,
        /**
         * A row that its producer wrote from the front to the back: {@link io.parquetflow.column.PackedShredder}. The schema is
         * one of ours, with field ids of ours; the header columns in front have no underscore.
         */
        PACKED,
        /** Bytes that a decoder makes rows of. */
        DECODED
    }

    /** Payloads as they are. */
    public static final RowForm RAW = new RowForm(Kind.RAW, null, null);

    /**
     * Payloads are staged rows.
     *
     * @param schema the user's columns
     * @return a form
     */
    public static RowForm rows(MessageType schema) {
        return new RowForm(Kind.ROWS, Objects.requireNonNull(schema), null);
    }

    /**
     * Payloads are packed rows.
     *
     * @param schema columns of ours
     * @return a form
     */
    public static RowForm packed(MessageType schema) {
        return new RowForm(Kind.PACKED, Objects.requireNonNull(schema), null);
    }

    /**
     * Payloads are made rows of on the writer thread.
     *
     * @param schema the user's columns
     * @param decoder the user's code
     * @return a form
     */
    public static RowForm decoded(MessageType schema, PayloadDecoder decoder) {
        return new RowForm(Kind.DECODED, Objects.requireNonNull(schema), Objects.requireNonNull(decoder));
    }

    /**
     * What the segments have.
     *
     * @return header columns, then the others
     * @throws IllegalArgumentException naming the field that cannot be written, and why
     */
    public MessageType segmentSchema() {
        return switch (kind) {
            case RAW -> RawSchema.SCHEMA;
            case PACKED -> TypedSchema.ours(schema);
            case ROWS, DECODED -> TypedSchema.of(schema);
        };
    }
}
