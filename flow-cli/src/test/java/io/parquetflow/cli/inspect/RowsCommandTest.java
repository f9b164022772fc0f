package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowsCommandTest {
    @TempDir
    Path directory;

    @Test
    void headPrintsTenRowsWithAHeader() throws Exception {
        new SampleSegments().write(directory);

        CommandRun run = CommandRun.of("head", directory);

        assertThat(run.out().lines()).hasSize(11);
        assertThat(run.out().lines().findFirst().orElseThrow())
                .matches("ts +ts_ns +source_ts_ns +writer +stream +seq +lost +payload");
        assertThat(run.out())
                .contains("2026-11-20T10:15:00.001000Z  1795169700001000123                       abcdefghijk27  b");
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void catPrintsAllRowsOfAllSegmentsInOrder(CompressionCodecName codec) throws Exception {
        for (int i = 0; i < 2; i++) {
            SampleSegments segment = new SampleSegments();
            segment.codec = codec;
            segment.number = i + 1;
            segment.firstSeq = i * 300L;
            segment.version2 = i == 1;
            segment.write(directory);
        }

        CommandRun run = CommandRun.of("cat", "--columns", "seq,payload", "--json", directory);

        assertThat(run.out().lines()).hasSize(600);
        assertThat(run.out())
                .startsWith("{\"seq\":0,\"payload\":\"price=100 qty=0\"}\n{\"seq\":1,")
                .endsWith("{\"seq\":599,\"payload\":\"price=104 qty=599\"}\n");
    }

    @Test
    void aRowLimitGoesOverFiles() throws Exception {
        new SampleSegments().write(directory);
        SampleSegments second = new SampleSegments();
        second.number = 2;
        second.firstSeq = 300;
        second.write(directory);

        assertThat(CommandRun.of("cat", "-n", "305", "--columns", "seq", directory)
                        .out()
                        .lines())
                .hasSize(306)
                .endsWith("304");
        assertThat(CommandRun.of("head", "-n", "0", directory).out()).isEmpty();
    }

    @Test
    void payloadsAreTextWhereTheyAreReadableElseHex() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.payload = seq -> switch ((int) seq) {
            case 0 -> "grüße\n€".getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[] {0, (byte) 0xff, 0x10};
            case 2 -> "\u001b[31mred\u001b[0m".getBytes(StandardCharsets.UTF_8);
            default -> new byte[0];
        };
        segment.rows = 4;
        segment.write(directory);

        CommandRun table = CommandRun.of("cat", "--columns", "payload", directory);
        assertThat(table.out()).isEqualTo("payload\ngrüße\\n€\n0x00ff10\n0x1b5b33316d7265641b5b306d\n\n");

        CommandRun json = CommandRun.of("cat", "--columns", "payload", "--json", directory);
        assertThat(json.out())
                .isEqualTo(
                        """
                        {"payload":"grüße\\n€"}
                        {"payload_base64":"AP8Q"}
                        {"payload_base64":"G1szMW1yZWQbWzBt"}
                        {"payload":""}
                        """);
    }

    @Test
    void longValuesAreCutUnlessAskedNotTo() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.payload = seq -> "x".repeat(500).getBytes(StandardCharsets.UTF_8);
        segment.rows = 1;
        segment.write(directory);

        assertThat(CommandRun.of("cat", "--columns", "payload", directory).out())
                .contains("x".repeat(79) + "…\n");
        assertThat(CommandRun.of("cat", "--columns", "payload", "--width", "5", directory)
                        .out())
                .contains("\nxxxx…\n");
        assertThat(CommandRun.of("cat", "--columns", "payload", "--full", directory)
                        .out())
                .contains("x".repeat(500) + "\n");
    }

    @Test
    void anUnknownColumnIsNamedWithTheOnesThereAre() throws Exception {
        Path file = new SampleSegments().write(directory);

        CommandRun run = CommandRun.of("cat", "--columns", "price", directory);

        assertThat(run.err())
                .isEqualTo("flow: [" + file + "] no column price; there are ts, ts_ns, source_ts_ns, writer, stream,"
                        + " seq, lost, payload\n");
        assertThat(run.code()).isEqualTo(1);
    }
}
