package io.parquetflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that reads from a pipe and is told to stop. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportInterruptedCrashTest {
    private static final int LINES = 10_000;
    private static final Path PIPE = Path.of("/dev/stdin");

    @TempDir
    Path folder;

    @Test
    void whoStopsAnImportGetsWhatWasImportedUntilThen() throws IOException, InterruptedException, SQLException {
        assumeTrue(Files.exists(PIPE), "skipped: this system has no " + PIPE);
        Process process = start();
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write("a line\n".repeat(LINES).getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
            awaitSegment();
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(ImportRun.query(folder, "select count(*), min(payload), min(stream) from {}"))
                .containsExactly(List.of((long) LINES, "a line", "stdin"));
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Flow.class.getName(),
                        "import",
                        PIPE.toString(),
                        "--directory",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** By then the writer thread has taken lines; the rest of them is in the ring, or will be at once. */
    private void awaitSegment() throws IOException, InterruptedException {
        while (true) {
            try (Stream<Path> files = Files.walk(folder)) {
                if (files.anyMatch(file -> file.toString().endsWith(".inprogress"))) {
                    break;
                }
            }
            Thread.sleep(Duration.ofMillis(50).toMillis());
        }
        Thread.sleep(Duration.ofSeconds(1).toMillis());
    }
}
