package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaAndStatsTest {
    @TempDir
    Path directory;

    @Test
    void schemaShowsFieldIdsLogicalTypesCodecsAndEncodings() throws Exception {
        CommandRun run = CommandRun.of("schema", new SampleSegments().write(directory));

        assertThat(run.out())
                .contains("required int64 ts (TIMESTAMP(MICROS,true)) = 1;")
                .contains("required binary payload = 8;")
                .containsPattern("ts_ns +int64 +0 +0 +zstd +DELTA_BINARY_PACKED +300 +0 ")
                .containsPattern("stream +binary string +0 +0 +zstd +PLAIN_DICTIONARY +300 +0 ");
        assertThat(run.code()).isZero();
    }

    @Test
    void schemaOfADirectoryPrintsEachSchemaOnce() throws Exception {
        new SampleSegments().write(directory);
        SampleSegments second = new SampleSegments();
        second.number = 2;
        second.write(directory);
        DuckFile.write("select 1 as other", directory.resolve("zz.parquet"));

        CommandRun run = CommandRun.of("schema", directory);

        assertThat(run.out().split("message ", -1)).hasSize(3);
        assertThat(run.out()).contains("-000001.parquet and 1 other\n").contains("int32 other");
    }

    @Test
    void statsAddUpSegmentsAndTakeTheLastFooterOfEachWriter() throws Exception {
        writeTwoWriters();

        CommandRun run = CommandRun.of("stats", directory);

        assertThat(run.out())
                .containsPattern("abcdefghijk27-000001.parquet +300 .* 0.299s +3 +9 +14\n")
                .containsPattern("abcdefghijk27-000002.parquet +300 .* 0.299s +3 +9 +9\n")
                .containsPattern("all 3 segments +900 .* 6 +18 +28\n")
                .containsPattern("payload +binary +0 +0 +zstd +PLAIN +900 +0 ")
                .contains("accepted 900, dropped 28 (closed 10, ringFull 18), lost after the last row 4, 2 writers\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void statsInJsonCarryTheSame() throws Exception {
        writeTwoWriters();

        CommandRun run = CommandRun.of("stats", "--json", directory);

        assertThat(run.out())
                .contains("\"accepted\" : 900")
                .contains("\"lost\" : 18")
                .contains("\"first_ns\" : 1795169700000000000")
                .contains("\"encodings\" : [ \"DELTA_BINARY_PACKED\", \"PLAIN\", \"PLAIN_DICTIONARY\" ]")
                .contains("\"flow.host\" : \"test\"");
    }

    @Test
    void filesOfAnotherOriginHaveFewerFigures() throws Exception {
        DuckFile.write("select range as n from range(1000)", directory.resolve("numbers.parquet"));

        CommandRun run = CommandRun.of("stats", directory);

        assertThat(run.out()).containsPattern("numbers.parquet +1,000 ").doesNotContain("accepted");
        assertThat(run.code()).isZero();
    }

    private void writeTwoWriters() throws Exception {
        for (int i = 0; i < 3; i++) {
            SampleSegments segment = new SampleSegments();
            boolean other = i == 2;
            segment.writer = other ? "zzzzzzzzzzzzz" : SampleSegments.WRITER;
            segment.number = other ? 1 : i + 1;
            segment.firstSeq = other ? 0 : i * 300L;
            segment.lost = other ? seq -> 0 : seq -> seq % 100 == 7 ? 3 : 0;
            segment.droppedSoFar = other ? 0 : 9 * (i + 1);
            segment.lostTail = other ? 4 : 0;
            segment.write(directory);
        }
    }
}
