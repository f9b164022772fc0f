package io.parquetflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("machine")
class WriterBenchTest {
    @TempDir
    Path directory;

    private Path results() {
        return directory.resolve("results.txt");
    }

    private int execute(String... options) {
        Stream<String> fixed = Stream.of(
                "writer", "--rows=5000", "--row-group-rows=2048", "--jvm-args=-Xmx512m", "--results=" + results());
        return Bench.commandLine()
                .execute(Stream.concat(fixed, Arrays.stream(options)).toArray(String[]::new));
    }

    @Test
    void oursAlonePrintsThreeFiguresAndLeavesTheFileThatWasNamed() throws Exception {
        Path output = directory.resolve("out").resolve("rows.parquet");
        assertThat(execute("--output=" + output)).isZero();
        assertThat(Files.readAllLines(results()))
                .anyMatch(line -> line.startsWith("# cpu: "))
                .anyMatch(line -> line.matches("rows_per_sec=[0-9.]+"))
                .anyMatch(line -> line.matches("payload_mib_per_sec=[0-9.]+"))
                .anyMatch(line -> line.matches("file_mib_per_sec=[0-9.]+"))
                .anyMatch(line -> line.matches("peak_buffer_bytes=[0-9]+"))
                .contains("file_bytes=" + Files.size(output));
        assertThat(new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1))
                .startsWith("PAR1")
                .endsWith("PAR1");
        try (Stream<Path> left = Files.list(output.getParent())) {
            assertThat(left).containsExactly(output);
        }
    }

    @Test
    void peersTakeTurnsAndLeaveNothing() throws Exception {
        Path output = directory.resolve("out").resolve("rows.parquet");
        assertThat(execute("--peers", "--only=raw,flow.copied,parquet_java.record", "--runs=3", "--output=" + output))
                .isZero();
        List<String> lines = Files.readAllLines(results());
        assertThat(lines.stream().filter(line -> line.startsWith("# run ")))
                .containsExactly(
                        "# run 1 of 3: raw",
                        "# run 1 of 3: flow.copied",
                        "# run 1 of 3: parquet_java.record",
                        "# run 2 of 3: flow.copied",
                        "# run 2 of 3: parquet_java.record",
                        "# run 2 of 3: raw",
                        "# run 3 of 3: parquet_java.record",
                        "# run 3 of 3: raw",
                        "# run 3 of 3: flow.copied");
        assertThat(lines)
                .contains("# all wrote the same values: rows=5000, payload_bytes=1280000")
                .anyMatch(line -> line.matches("flow\\.copied\\.rows_per_sec\\.median=[0-9.]+"))
                .anyMatch(line -> line.matches("raw( +[0-9.]+){2,}"));
        assertThat(output.getParent()).isEmptyDirectory();
    }

    @Test
    void nonsenseIsRefusedWithTheWayOut() {
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Bench.commandLine().setErr(new PrintWriter(errors, true));
        assertThat(commandLine.execute("writer", "--rows=0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("rows out of range: rows=0; take 1 to 10000000000");
    }
}
