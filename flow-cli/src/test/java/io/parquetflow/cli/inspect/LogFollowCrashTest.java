package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: one logs and is killed, another one follows and is stopped, or loses its reader. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("machine")
class LogFollowCrashTest {
    private static final int INTERRUPTED = 130;

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("log");
    }

    private Process startLogging() throws Exception {
        List<String> line = List.of(
                CapturingChild.java(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LogFollowCrashTest.class.getName(),
                log().toString());
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
    }

    private ProcessBuilder following(String... more) {
        List<String> flow = CapturingChild.flow("logs", log(), "--follow");
        flow.addAll(List.of(more));
        return new ProcessBuilder(flow);
    }

    private static List<String> bodies(List<String> lines) {
        return lines.stream()
                .map(line -> line.substring(line.indexOf(" : ") + 3))
                .toList();
    }

    private static void awaitLines(Path file, int lines) throws Exception {
        while (!Files.exists(file) || Files.readAllLines(file).size() < lines) {
            Thread.sleep(50);
        }
    }

    @Test
    void whatADeadProcessLeftIsPrintedOnceAlsoWhenItIsRecoveredAndAnInterruptEndsIt() throws Exception {
        Files.createDirectories(log());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process follower = following()
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        awaitLines(err, 1); // or there would be events before it looks, and nothing to say of waiting
        Process child = startLogging();
        try {
            awaitLines(out, 300);
            child.destroyForcibly().waitFor();
            assertThat(CommandRun.of("recover", log()).out()).contains("recovered");
            int rows = CommandRun.of("logs", log()).out().lines().toList().size();
            awaitLines(out, rows);
            Thread.sleep(2500); // whatever would come twice comes by then

            List<String> expected =
                    IntStream.range(0, rows).mapToObj(i -> "n" + i).toList();
            assertThat(bodies(Files.readAllLines(out))).isEqualTo(expected);
            interrupt(follower);
        } finally {
            child.destroyForcibly();
            follower.destroyForcibly();
        }
        assertThat(Files.readString(err)).isEqualTo("flow: [" + log() + "] no log events here yet, waiting for them\n");
    }

    private static void interrupt(Process follower) throws Exception {
        Path status = Path.of("/proc", Long.toString(follower.pid()), "status");
        assumeThat(Files.exists(status)).isTrue();
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        assumeThat(Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 2)
                .as("interrupts are ignored where this test runs")
                .isZero();
        new ProcessBuilder("kill", "-INT", Long.toString(follower.pid()))
                .start()
                .waitFor();
        assertThat(follower.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(follower.exitValue()).isEqualTo(INTERRUPTED);
    }

    @Test
    void aReaderThatHasGoneEndsItWithoutAWord() throws Exception {
        Path err = folder.resolve("err");
        Process child = startLogging();
        try {
            while (!Files.isDirectory(log().resolve("_flow"))) {
                Thread.sleep(20);
            }
            Process follower =
                    following("--grep", "n").redirectError(err.toFile()).start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(follower.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).endsWith(" : n0");
            }
            assertThat(follower.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(follower.exitValue()).isZero();
            assertThat(Files.readString(err)).doesNotContain("Exception").doesNotContain("pipe");
        } finally {
            child.destroyForcibly();
        }
    }

    /** The child's: an event each few milliseconds, until it is killed. */
    public static void main(String[] arguments) throws Exception {
        LogSamples log = LogSamples.rotating(Path.of(arguments[0]), "log", 100);
        for (int i = 0; ; i++) {
            log.info(i / 100.0, "n" + i);
            Thread.sleep(5);
        }
    }
}
