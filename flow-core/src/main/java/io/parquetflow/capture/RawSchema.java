package io.parquetflow.capture;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * The columns of a raw sink. Field ids never change: tables remember columns by them.
 *
 * <p>Thread-safe: constants.
 */
public final class RawSchema {
    static final int TS = 0;
    static final int TS_NS = 1;
    static final int SOURCE_TS_NS = 2;
    static final int WRITER = 3;
    static final int STREAM = 4;
    static final int SEQ = 5;
    static final int LOST = 6;
    static final int PAYLOAD = 7;

    static final String PAYLOAD_NAME = "payload";

    /** Header columns, then the payload. */
    public static final MessageType SCHEMA = Types.buildMessage()
            .addField(Types.required(INT64)
                    .as(timestampType(true, TimeUnit.MICROS))
                    .id(1)
                    .named("ts"))
            .addField(Types.required(INT64).id(2).named("ts_ns"))
            .addField(Types.optional(INT64).id(3).named("source_ts_ns"))
            .addField(Types.required(BINARY).as(stringType()).id(4).named("writer"))
            .addField(Types.required(BINARY).as(stringType()).id(5).named("stream"))
            .addField(Types.required(INT64).id(6).named("seq"))
            .addField(Types.required(INT64).id(7).named("lost"))
            .addField(Types.required(BINARY).id(8).named(PAYLOAD_NAME))
            .named("record");

    private RawSchema() {}
}
