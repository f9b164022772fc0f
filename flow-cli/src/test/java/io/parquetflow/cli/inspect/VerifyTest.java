package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
    void soundSegmentsPassWithEveryCodec(CompressionCodecName codec) throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.codec = codec;
        segment.write(directory);

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("  ok\n").contains("ok: 1 segment, 300 rows, ");
        assertThat(run.code()).isZero();
    }

    @Test
    void pagesOfVersionTwoAreReadToo() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.version2 = true;
        segment.write(directory);

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out()).contains("ok: 1 segment, 300 rows, ");
    }

    @Test
    void aSegmentWithoutRowsPasses() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.rows = 0;
        segment.keys.put("flow.dropped_total.ringFull", "0");
        segment.write(directory);

        assertThat(CommandRun.of("verify", directory).out()).contains("ok: 1 segment, 0 rows, 0 pages");
    }

    @Test
    void segmentsOfOneWriterFollowOneAnother() throws Exception {
        threeSegments();

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out()).contains("ok: 3 segments, 900 rows").doesNotContain("note:");
        assertThat(run.code()).isZero();
    }

    @Test
    void aHoleInTheMiddleIsAnError() throws Exception {
        Path[] files = threeSegments();
        Files.delete(files[1]);

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out())
                .contains("error: writer abcdefghijk27 of sink feed: segment 2 missing (retention or moved?)")
                .contains("failed: 1 error in 2 segments");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void missingFirstSegmentsAreOnlyNoted() throws Exception {
        Path[] files = threeSegments();
        Files.delete(files[0]);
        Files.delete(files[1]);

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out())
                .contains("note: writer abcdefghijk27 of sink feed: segments 1..2 missing (retention or moved?)")
                .contains("ok: 1 segment");
        assertThat(run.code()).isZero();
    }

    @Test
    void aSequenceThatJumpsBetweenSegmentsIsAnError() throws Exception {
        SampleSegments first = new SampleSegments();
        first.write(directory);
        SampleSegments second = new SampleSegments();
        second.number = 2;
        second.firstSeq = 310;
        second.write(directory);

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out()).contains("sequence has a hole of 10: ").contains("ends with seq=299");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void rowsThatAreThereTwiceAreAnError() throws Exception {
        new SampleSegments().write(directory);
        SampleSegments second = new SampleSegments();
        second.number = 2;
        second.firstSeq = 290;
        second.write(directory);

        assertThat(CommandRun.of("verify", directory).out()).contains("rows twice or out of order: ");
    }

    @Test
    void aHoleWithinASegmentIsAnError() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.seq = seq -> seq < 120 ? seq : seq + 1;
        segment.write(directory);

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out())
                .contains("sequence is broken: row 120 has seq=121 after 119")
                .contains("flow.last_seq=299 but the data has 300");
    }

    @Test
    void dropsMustShowInTheRowsOrTheTail() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.lost = seq -> seq == 42 ? 7 : 0;
        segment.droppedSoFar = 10;
        segment.lostTail = 3;
        segment.write(directory);
        assertThat(CommandRun.of("verify", directory).code()).isZero();

        segment.lostTail = 2;
        segment.write(directory);
        assertThat(CommandRun.of("verify", directory).out())
                .contains(
                        "error: writer abcdefghijk27 of sink feed: drops do not add up: lost in rows=7, lost after the"
                                + " last row=2, dropped by the last footer=10");

        segment.cleanClose = false;
        segment.write(directory);
        CommandRun running = CommandRun.of("verify", directory);
        assertThat(running.out()).contains("note: writer").contains("drops do not add up");
        assertThat(running.code()).isZero();
    }

    @Test
    void aFooterThatCountsOtherRowsIsAnError() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.keys.put("flow.rows", "299");
        segment.keys.put("flow.accepted_total", "301");
        segment.write(directory);

        assertThat(CommandRun.of("verify", directory).out())
                .contains("flow.rows=299 but the data has 300")
                .contains("accepted=301 but the rows end with seq=299");
    }

    @Test
    void aSegmentUnderAnothersNameIsAnError() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.keys.put("flow.sink", "other");
        segment.keys.put("flow.writer", "zzzzzzzzzzzzz");
        segment.write(directory);

        assertThat(CommandRun.of("verify", directory).out())
                .contains("flow.sink=other but the file name says feed")
                .contains("rows of another writer, footer=zzzzzzzzzzzzz, data=abcdefghijk27 to abcdefghijk27");
    }

    @Test
    void ourOtherDirectoriesAreNotEntered() throws Exception {
        new SampleSegments().write(directory.resolve("date=2026-11-20").resolve("hour=10"));
        for (String hidden : new String[] {"_flow", "_rejects", "_recovered", ".git"}) {
            Files.createDirectories(directory.resolve(hidden));
            Files.writeString(directory.resolve(hidden).resolve("x.parquet"), "not Parquet");
        }

        assertThat(CommandRun.of("verify", directory).out()).contains("ok: 1 segment, 300 rows");
    }

    /** One record, many rows or none: what is numbered are rows. */
    @Test
    void typedSegmentsNumberTheirRowsWithoutHoles() throws Exception {
        Path file = directory.resolve(new SampleSegments().fileName());
        typed(file, 2, 3, 4, 5);
        assertThat(CommandRun.of("verify", file).out()).contains("ok: 1 segment, 4 rows");

        typed(file, 2, 3, 3, 5);
        assertThat(CommandRun.of("verify", file).out()).contains("sequence is broken: row 2 has seq=3 after 3");

        typed(file, 1, 2, 3, 4);
        assertThat(CommandRun.of("verify", file).out())
                .contains("flow.first_seq=2 but the data has 1")
                .contains("flow.last_seq=5 but the data has 4");
    }

    private static void typed(Path file, long... numbers) throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message trade { required int64 _ts_ns; required int64 _seq; required int64 _lost;"
                        + " required binary _writer (STRING); required int64 seq; required double price; }");
        List<Group> rows = new ArrayList<>();
        for (long number : numbers) {
            Group row = new SimpleGroup(schema);
            row.add("_ts_ns", SampleSegments.START_NS);
            row.add("_seq", number);
            row.add("_lost", 0L);
            row.add("_writer", SampleSegments.WRITER);
            row.add("seq", -number);
            row.add("price", 1.5);
            rows.add(row);
        }
        ParquetProperties properties = ParquetProperties.builder()
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .build();
        Map<String, String> keys = Map.of(
                "flow.version", "1",
                "flow.writer", SampleSegments.WRITER,
                "flow.first_seq", "2",
                "flow.last_seq", "5");
        SampleFile.write(file, schema, CompressionCodecName.SNAPPY, properties, List.of(rows), keys);
    }

    @Test
    void jsonSaysTheSame() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.keys.put("flow.rows", "299");
        segment.write(directory);

        CommandRun run = CommandRun.of("verify", "--json", directory);

        assertThat(run.out())
                .contains("\"ok\" : false")
                .contains("\"detail\" : \"flow.rows=299 but the data has 300\"")
                .contains("\"parquet_flow\" : true");
        assertThat(run.code()).isEqualTo(1);
    }

    private Path[] threeSegments() throws Exception {
        Path[] files = new Path[3];
        for (int i = 0; i < 3; i++) {
            SampleSegments segment = new SampleSegments();
            segment.number = i + 1;
            segment.firstSeq = i * 300L;
            segment.cleanClose = i == 2;
            files[i] = segment.write(directory);
        }
        return files;
    }
}
