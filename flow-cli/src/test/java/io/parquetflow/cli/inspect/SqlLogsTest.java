package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view {@code logs} of {@code flow sql}. */
class SqlLogsTest {
    @TempDir
    Path directory;

    @Test
    void sqlHasAViewOfAllLogEvents() throws Exception {
        new SampleSegments().write(directory);
        try (LogSamples log = LogSamples.in(directory)) {
            for (int i = 0; i < 7; i++) {
                log.info(i, "n" + i);
            }
        }
        try (LogSamples log = LogSamples.in(directory, "tenant")) {
            log.info(0, "with", Map.of("tenant", "t1"));
        }
        try (LogSamples log = LogSamples.rotating(directory, "Logs", 100)) {
            log.info(0, "of a sink by the same name");
        }

        CommandRun run =
                CommandRun.of("sql", "select count(*) n, count(tenant) t from logs", directory, "--format", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("n,t\n9,1\n");
    }

    @Test
    void sqlSaysWhereThereAreNoLogEvents() throws Exception {
        new SampleSegments().write(directory);
        assertThat(CommandRun.of("sql", "select * from logs", directory).err())
                .isEqualTo("flow: sql: no view logs: none of the segments holds log events\n");
        assertThat(CommandRun.of("sql", "select 1 as logs", directory, "--format", "csv")
                        .out())
                .isEqualTo("logs\n1\n");

        SampleSegments sink = new SampleSegments();
        sink.sink = "logs";
        sink.write(directory);
        assertThat(CommandRun.of("sql", "select count(*) n from logs", directory, "--format", "csv")
                        .out())
                .as("a sink's own view")
                .isEqualTo("n\n300\n");
    }

    @Test
    void liveIsInTheViewToo() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "sealed");
            log.sink().rotate(Duration.ofSeconds(20));
            log.info(1, "journaled");
            while (log.sink().journaledSequence() < 1) {
                Thread.onSpinWait();
            }

            String select = "select body from logs order by seq";
            assertThat(CommandRun.of("sql", "--format", "csv", select, directory)
                            .out())
                    .isEqualTo("body\nsealed\n");
            assertThat(CommandRun.of("sql", "--live", "--format", "csv", select, directory)
                            .out())
                    .isEqualTo("body\nsealed\njournaled\n");
        }
    }

    @Test
    void helpNamesTheView() {
        assertThat(CommandRun.of("sql", "--help").out()).contains("The view logs is all log events");
    }

    @Test
    void aBrokenSegmentIsNamed() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "n");
        }
        Path broken = Files.writeString(directory.resolve("x.parquet"), "not Parquet, but long enough");

        CommandRun run = CommandRun.of("sql", "select * from logs", directory);

        assertThat(run.err()).startsWith("flow: [" + broken + "] offset=").hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
    }
}
