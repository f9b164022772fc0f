package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.ColumnBatch;
import io.parquetflow.ColumnarWriter;
import io.parquetflow.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as {@code cat} prints them, beside DuckDB's answer and beside what was written. */
class TypedRowsInteropTest {
    private static final String NESTED = "i8,u32,day,d9,u64,d18,f,g,text,kind,id,d20,names,matrix,book,attrs,legs,flag";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1, ZSTD", "2, LZ4_RAW", "1, UNCOMPRESSED", "2, GZIP"})
    void catInJsonSaysWhatDuckDbSays(int pageVersion, Codec codec) throws Exception {
        TypedSamples sample = new TypedSamples().allEncodings();
        sample.pageVersion = pageVersion;
        sample.codec = codec;
        sample.seed = pageVersion + 100L;
        Path file = sample.write(directory.resolve("all.parquet"));

        CommandRun cat = CommandRun.of("cat", "--json", "--columns", NESTED, file);

        assertThat(cat.out().lines().map(TypedRowsInteropTest::withoutZeros).toList())
                .hasSize(500)
                .isEqualTo(duckDb(file));
        assertThat(cat.code()).isZero();
    }

    private static List<String> duckDb(Path file) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select to_json(t)::varchar from (select " + NESTED
                        + " from read_parquet('" + file + "')) t")) {
            while (result.next()) {
                rows.add(withoutZeros(result.getString(1)));
            }
        }
        return rows;
    }

    /** DuckDB's JSON has no decimals: 0.40 is 0.4 there. */
    private static String withoutZeros(String row) {
        return row.replaceAll("(\\.[0-9]+?)0+(?=[,}])", "$1");
    }

    @Test
    void everyTypeIsPrintedAsAPersonExpectsIt() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(
                """
                message m {
                  required int32 time_ms (TIME(MILLIS,true));
                  required int64 time_us (TIME(MICROS,false));
                  required int64 time_ns (TIME(NANOS,true));
                  required int64 at_ms (TIMESTAMP(MILLIS,true));
                  required int64 at_us (TIMESTAMP(MICROS,false));
                  required int64 at_ns (TIMESTAMP(NANOS,true));
                  required int96 old;
                  required fixed_len_byte_array(2) half (FLOAT16);
                  required int64 large (DECIMAL(18,9));
                  required float f;
                  required double nan;
                  repeated binary blobs;
                  required group days (MAP) { repeated group key_value { required int32 key (DATE); required int32 value; } }
                }
                """);
        Path file = directory.resolve("m.parquet");
        try (ColumnarWriter writer = ColumnarWriter.create(file, schema)) {
            ColumnBatch batch = writer.batch().rows(1);
            batch.ints(0, 3_723_004).longs(1, 3_723_000_005L).longs(2, 3_723_000_000_006L);
            batch.longs(3, -1L).longs(4, 1_795_169_700_000_001L).longs(5, 1_795_169_700_000_000_002L);
            byte[] old = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(1_000_000_007L)
                    .putInt(2_440_589)
                    .array();
            batch.fixed(6, old).fixed(7, new byte[] {0x00, (byte) 0xc1}).longs(8, 1L);
            batch.floats(9, 0.1f).doubles(10, Double.NaN);
            byte[] blobs = {'a', (byte) 0xff};
            batch.binary(11, blobs, 0, 1, 2).repetitionLevels(11, new byte[] {0, 1});
            batch.definitionLevels(11, new byte[] {1, 1});
            for (int column : new int[] {12, 13}) {
                batch.ints(column, 0, 31).repetitionLevels(column, new byte[] {0, 1});
                batch.definitionLevels(column, new byte[] {1, 1});
            }
            writer.write(batch);
        }

        assertThat(CommandRun.of("cat", "--json", file).out())
                .isEqualTo("{\"time_ms\":\"01:02:03.004Z\",\"time_us\":\"01:02:03.000005\","
                        + "\"time_ns\":\"01:02:03.000000006Z\",\"at_ms\":\"1969-12-31T23:59:59.999Z\","
                        + "\"at_us\":\"2026-11-20T10:15:00.000001\",\"at_ns\":\"2026-11-20T10:15:00.000000002Z\","
                        + "\"old\":\"1970-01-02T00:00:01.000000007\",\"half\":-2.5,\"large\":0.000000001,\"f\":0.1,"
                        + "\"nan\":\"NaN\",\"blobs_base64\":[\"YQ==\",\"/w==\"],"
                        + "\"days\":{\"1970-01-01\":0,\"1970-02-01\":31}}\n");
        assertThat(CommandRun.of("cat", file).out())
                .contains("0.000000001")
                .contains("{\"1970-01-01\":0,\"1970-02-01\":31}");
    }

    /** Printed as an object, one of the two would be gone. */
    @Test
    void aMapWithAKeyTwiceIsPrintedEntryByEntry() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required group m (MAP) { repeated group"
                + " key_value { required binary key (STRING); required int32 value; } } }");
        Path file = directory.resolve("m.parquet");
        try (ColumnarWriter writer = ColumnarWriter.create(file, schema)) {
            ColumnBatch batch = writer.batch().rows(1);
            batch.binary(0, "kk".getBytes(StandardCharsets.UTF_8), 0, 1, 2).ints(1, 1, 2);
            for (int column = 0; column < 2; column++) {
                batch.repetitionLevels(column, new byte[] {0, 1}).definitionLevels(column, new byte[] {1, 1});
            }
            writer.write(batch);
        }

        assertThat(CommandRun.of("cat", "--json", file).out())
                .isEqualTo("{\"m\":[{\"key\":\"k\",\"value\":1},{\"key\":\"k\",\"value\":2}]}\n");
    }

    @Test
    void aThousandColumnsArePrinted() throws Exception {
        StringBuilder text = new StringBuilder("message wide {");
        for (int i = 0; i < 1_000; i++) {
            text.append(" required int32 c").append(i).append(';');
        }
        TypedSamples sample = new TypedSamples();
        sample.schema = MessageTypeParser.parseMessageType(text.append('}').toString());
        sample.rows = 3;
        Path file = sample.write(directory.resolve("wide.parquet"));

        assertThat(CommandRun.of("cat", "--json", file).out())
                .contains("\"c999\":")
                .hasLineCount(3);
        assertThat(CommandRun.of("stats", file).out()).containsPattern("\nc999 +int32 ");
        assertThat(CommandRun.of("verify", file).code()).isZero();
    }
}
