package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other writers make is verified as far as it goes, and printed. */
class ForeignFilesInteropTest {
    private static final String ALL_TYPES =
            """
            select (i % 100)::tinyint a, i::usmallint b, (i * 3)::uinteger c, (i::ubigint + 9223372036854775807::ubigint) d,
              i::float e, case when i % 5 = 0 then 'nan'::double else -i / 3 end f, i % 2 = 0 g, date '2026-01-01' + i h,
              timestamp '2026-01-01' + to_seconds(i) k, timestamptz '2026-01-01 00:00:00Z' + to_seconds(i) l,
              time '00:00:01' + to_seconds(i) m, (i / 7)::decimal(9,2) n, (i / 7)::decimal(30,5) o,
              case when i % 3 = 0 then null else 'text ' || i % 11 end p, 'bin' || i::varchar::blob q,
              '01234567-89ab-cdef-0123-456789abcdef'::uuid r, [i, null, i + 1] s, {'x': i, 'y': 'z' || i} t,
              map {'k' || i: i} u, case when i % 4 = 0 then [] else [[i], []] end v, i::hugeint w,
              timestamp_ns '2026-01-01 00:00:00.123456789' x
            from (select range::integer i from range(5000))
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw"})
    void whatDuckDbWritesIsVerified(String codec) throws Exception {
        for (String version : new String[] {"V1", "V2"}) {
            DuckFile.write(
                    ALL_TYPES,
                    directory.resolve(version + ".parquet"),
                    "codec " + codec,
                    "row_group_size 2048",
                    "parquet_version " + version);
        }

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out())
                .contains("ok, not a parquet-flow segment")
                .contains("ok: 2 segments, 10,000 rows")
                .contains("without a checksum");
        assertThat(run.code()).isZero();
    }

    @Test
    void everyTypeIsPrinted() throws Exception {
        Path file = DuckFile.write(ALL_TYPES, directory.resolve("all.parquet"));

        CommandRun run = CommandRun.of("head", "-n", "2", "--json", file);

        assertThat(run.out().lines().skip(1))
                .containsExactly("{\"a\":1,\"b\":1,\"c\":3,\"d\":9223372036854775808,\"e\":1.0,"
                        + "\"f\":-0.3333333333333333,\"g\":false,\"h\":\"2026-01-02\",\"k\":\"2026-01-01T00:00:01.000000\","
                        + "\"l\":\"2026-01-01T00:00:01.000000Z\",\"m\":\"00:00:02.000000\",\"n\":0.14,\"o\":0.14286,"
                        + "\"p\":\"text 1\",\"q\":\"bin1\",\"r\":\"01234567-89ab-cdef-0123-456789abcdef\","
                        + "\"s\":[1,null,2],\"t\":{\"x\":1,\"y\":\"z1\"},"
                        + "\"u\":{\"k1\":1},\"v\":[[1],[]],\"w\":1.0,"
                        + "\"x\":\"2026-01-01T00:00:00.123456789\"}");
    }

    @Test
    void nestedColumnsOfParquetJavaAreVerified() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(
                """
                message order {
                  required int64 id;
                  optional group legs (LIST) { repeated group list { optional group element {
                    required binary side (STRING); optional double price; repeated int32 flags; } } }
                  required fixed_len_byte_array(4) code;
                }
                """);
        for (WriterVersion version : WriterVersion.values()) {
            ParquetProperties properties = ParquetProperties.builder()
                    .withAllocator(HeapByteBufferAllocator.getInstance())
                    .withPageRowCountLimit(30)
                    .withMinRowCountForPageSizeCheck(1)
                    .withWriterVersion(version)
                    .build();
            List<List<Group>> groups = List.of(orders(schema, 100), orders(schema, 70));
            Path file = directory.resolve(version + ".parquet");
            SampleFile.write(file, schema, CompressionCodecName.ZSTD, properties, groups, Map.of());
        }

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out()).contains("ok: 2 segments, 340 rows");
        assertThat(CommandRun.of("cat", "--json", "--columns", "legs", directory)
                        .out()
                        .lines())
                .hasSize(340)
                .contains("{\"legs\":[{\"side\":\"buy\",\"price\":1.5,\"flags\":[0,1]},null]}");
    }

    private static List<Group> orders(MessageType schema, int count) {
        List<Group> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Group order = new SimpleGroup(schema);
            order.add("id", (long) i);
            if (i % 4 != 0) {
                Group legs = order.addGroup("legs");
                Group leg = legs.addGroup("list").addGroup("element");
                leg.add("side", i % 2 == 0 ? "sell" : "buy");
                if (i % 3 == 0) {
                    leg.add("price", i / 2.0);
                }
                for (int flag = 0; flag < i % 4 - 1; flag++) {
                    leg.add("flags", flag);
                }
                legs.addGroup("list");
            }
            order.add("code", Binary.fromConstantByteArray(new byte[] {1, 2, 3, (byte) i}));
            orders.add(order);
        }
        return orders;
    }
}
