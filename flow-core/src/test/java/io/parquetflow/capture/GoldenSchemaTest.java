package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** The schema is a promise: tables remember columns by their field ids, queries by their names. */
class GoldenSchemaTest {
    private static final String GOLDEN =
            """
            message record {
              required int64 ts (TIMESTAMP(MICROS,true)) = 1;
              required int64 ts_ns = 2;
              optional int64 source_ts_ns = 3;
              required binary writer (STRING) = 4;
              required binary stream (STRING) = 5;
              required int64 seq = 6;
              required int64 lost = 7;
              required binary payload = 8;
            }
            """;

    @Test
    void theSchemaWithItsFieldIdsNeverChanges() {
        assertThat(RawSchema.SCHEMA).hasToString(GOLDEN);
        MessageType parsed = MessageTypeParser.parseMessageType(GOLDEN);
        assertThat(RawSchema.SCHEMA).isEqualTo(parsed);
    }

    @Test
    void theColumnsAreWhereTheWriterPutsThem() {
        assertThat(RawSchema.SCHEMA.getFieldIndex("ts")).isEqualTo(RawSchema.TS);
        assertThat(RawSchema.SCHEMA.getFieldIndex("ts_ns")).isEqualTo(RawSchema.TS_NS);
        assertThat(RawSchema.SCHEMA.getFieldIndex("source_ts_ns")).isEqualTo(RawSchema.SOURCE_TS_NS);
        assertThat(RawSchema.SCHEMA.getFieldIndex("writer")).isEqualTo(RawSchema.WRITER);
        assertThat(RawSchema.SCHEMA.getFieldIndex("stream")).isEqualTo(RawSchema.STREAM);
        assertThat(RawSchema.SCHEMA.getFieldIndex("seq")).isEqualTo(RawSchema.SEQ);
        assertThat(RawSchema.SCHEMA.getFieldIndex("lost")).isEqualTo(RawSchema.LOST);
        assertThat(RawSchema.SCHEMA.getFieldIndex("payload")).isEqualTo(RawSchema.PAYLOAD);
    }
}
