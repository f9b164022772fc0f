package io.parquetflow.cli.inspect;

import io.parquetflow.ColumnBatch;
import io.parquetflow.ColumnarWriter;
import io.parquetflow.ColumnarWriterBuilder;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Files of every type, form and encoding, as {@code ColumnarWriter} makes them. A test sets what it cares about. */
final class TypedSamples {
    static final MessageType ALL = MessageTypeParser.parseMessageType(
            """
            message everything {
              required boolean flag;
              optional int32 i8 (INTEGER(8,true));
              optional int32 u32 (INTEGER(32,false));
              required int32 day (DATE);
              optional int32 time_ms (TIME(MILLIS,true));
              required int32 d9 (DECIMAL(9,2));
              optional int64 u64 (INTEGER(64,false));
              optional int64 d18 (DECIMAL(18,4));
              required int64 time_us (TIME(MICROS,false));
              required int64 at_ms (TIMESTAMP(MILLIS,true));
              optional int64 at_us (TIMESTAMP(MICROS,false));
              required int64 at_ns (TIMESTAMP(NANOS,true));
              optional int96 old;
              required float f;
              optional double g;
              optional binary text (STRING);
              required binary kind (ENUM);
              optional binary doc (JSON);
              optional binary big (DECIMAL(20,3));
              required binary blob;
              optional fixed_len_byte_array(16) id (UUID);
              required fixed_len_byte_array(2) half (FLOAT16);
              optional fixed_len_byte_array(9) d20 (DECIMAL(20,5));
              repeated int32 bare;
              optional group names (LIST) { repeated group list { optional binary element (STRING); } }
              optional group matrix (LIST) { repeated group list { optional group element (LIST) {
                repeated group list { required int64 element; } } } }
              required group book { optional group best { required double price; optional int64 qty; }
                required binary venue (STRING); }
              optional group attrs (MAP) { repeated group key_value {
                required binary key (STRING); optional int32 value; } }
              optional group legs (LIST) { repeated group list { required group element {
                required binary side (ENUM); repeated double fills; } } }
            }
            """);

    MessageType schema = ALL;
    Codec codec = Codec.ZSTD;
    int pageVersion = 1;
    int pageRows = 40;
    int rowsPerGroup = 200;
    int rows = 500;
    long seed = 7;
    final Map<String, ColumnOptions> columns = new LinkedHashMap<>();

    /** Each encoding somewhere, a bloom filter for each kind of value, a codec of its own. */
    TypedSamples allEncodings() {
        encode("flag", ColumnEncoding.RLE);
        encode("u32", ColumnEncoding.DELTA_BINARY_PACKED);
        encode("day", ColumnEncoding.PLAIN);
        encode("at_ns", ColumnEncoding.DELTA_BINARY_PACKED);
        encode("f", ColumnEncoding.BYTE_STREAM_SPLIT);
        encode("text", ColumnEncoding.DELTA_BYTE_ARRAY);
        encode("blob", ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY);
        encode("kind", ColumnEncoding.DICTIONARY);
        encode("d20", ColumnEncoding.DELTA_BYTE_ARRAY);
        for (String name : new String[] {"i8", "u64", "g", "doc", "id", "f", "names.list.element"}) {
            columns.merge(name, ColumnOptions.DEFAULT.withBloom(true), (own, b) -> own.withBloom(true));
        }
        columns.put("book.venue", ColumnOptions.DEFAULT.withCodec(Codec.SNAPPY));
        return this;
    }

    TypedSamples encode(String column, ColumnEncoding encoding) {
        columns.put(column, ColumnOptions.DEFAULT.withEncoding(encoding));
        return this;
    }

    Path write(Path file) throws IOException {
        ColumnarWriterBuilder builder = ColumnarWriter.builder(file, schema)
                .codec(codec)
                .pageVersion(pageVersion)
                .pageRows(pageRows)
                .rowGroupRows(rowsPerGroup);
        columns.forEach(builder::column);
        RandomColumns random = new RandomColumns(schema, seed);
        try (ColumnarWriter writer = builder.build()) {
            ColumnBatch batch = writer.batch();
            writer.write(random.fill(batch, rows));
        }
        return file;
    }
}
