package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.testing.FaultyProcess;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wall clock jumps, stands, and flutters, in a process under libfaketime; the monotonic clock goes on as ever. */
@Tag("machine")
class ClockFaultsTest {
    private static final Duration DAY = Duration.ofDays(1);
    /** The clock is looked at once a second. */
    private static final long UNTIL_SEEN_MS = 1_300;

    /** What a loaded machine may be late by. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final int FLUTTERS = 100;
    private static final Pattern STEPS = Pattern.compile("steps=(\\d+), largest_step_ns=(\\d+)");

    @TempDir
    Path home;

    private Path clock;
    private Path library;

    @BeforeEach
    void findLibrary() throws IOException {
        library = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64")
                .map(d -> Path.of(d, "faketime", "libfaketime.so.1"))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        assumeTrue(library != null, "libfaketime is not installed");
        clock = home.resolve("clock");
    }

    private FaultyProcess start() throws IOException {
        set("+0");
        return FaultyProcess.start(
                home,
                "ring-bytes=1MB\nmax-payload=4KB\nrow-group-bytes=256KB\nrotate-interval=12h\nrotate-align=true\n",
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        clock.toString(),
                        "FAKETIME_NO_CACHE",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // With its mend for old C libraries no wait of a JVM takes any time.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0",
                        "TZ",
                        "UTC"));
    }

    /** At one stroke: the process never reads half of it. */
    private void set(String time) throws IOException {
        Path next = Files.writeString(home.resolve("clock.next"), time + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    @ParameterizedTest(name = "clock {0}")
    @CsvSource({"-3600, 0", "+86400, 1"})
    void aJumpCostsOneRotationAtMost(long jumpSeconds, int rotations) throws Exception {
        Duration jump = Duration.ofSeconds(jumpSeconds);
        long before;
        Instant began = Instant.now();
        try (FaultyProcess process = start()) {
            assertThat(process.build("capture")).isTrue();
            process.ask("offer 500");
            before = process.number("calls");
            set((jumpSeconds < 0 ? "" : "+") + jumpSeconds);
            Thread.sleep(UNTIL_SEEN_MS);
            process.ask("offer 500");
            assertThat(process.number("segments")).isLessThanOrEqualTo(rotations);
            assertThat(process.ask("close 20000")).containsEntry("all", "true");
            FaultyProcess.assertExactly(process.taken(), home.resolve("capture"));
            assertThat(process.number("segments"))
                    .isEqualTo(Segments.in(home.resolve("capture")).size());
        }
        assertTimes(before, began, jump, SLACK);
        assertThat(largestStep()).isCloseTo(jump.abs(), SLACK);
    }

    @Test
    void aClockThatStandsIsFollowed() throws Exception {
        LocalDateTime at = LocalDateTime.now(ZoneOffset.UTC).minusHours(2).withNano(0);
        Instant began = Instant.now();
        long before;
        try (FaultyProcess process = start()) {
            assertThat(process.build("capture")).isTrue();
            process.ask("offer 500");
            before = process.number("calls");
            set(at.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")));
            Thread.sleep(UNTIL_SEEN_MS);
            process.ask("offer 2000");
            assertThat(process.number("segments")).isZero();
            assertThat(process.ask("close 20000")).containsEntry("all", "true");
            FaultyProcess.assertExactly(process.taken(), home.resolve("capture"));
        }
        assertTimes(before, began, Duration.between(began, at.toInstant(ZoneOffset.UTC)), SLACK);
        assertThat(largestStep()).isGreaterThan(Duration.ofMinutes(119));
    }

    @Test
    void aClockThatFluttersMakesNoStormOfFiles() throws Exception {
        try (FaultyProcess process = start()) {
            assertThat(process.build("capture")).isTrue();
            CompletableFuture<Map<String, String>> offering = CompletableFuture.supplyAsync(() -> {
                try {
                    return process.ask("offer 5500");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            for (int i = 0; i < FLUTTERS; i++) {
                set(i % 2 == 0 ? "+86400" : "+0");
                Thread.sleep(50);
            }
            offering.join();
            // One a look, and one look a second, at the most.
            assertThat(process.number("segments")).isLessThan(15);
            assertThat(process.ask("close 20000")).containsEntry("all", "true");
            List<Path> files = Segments.in(home.resolve("capture"));
            assertThat(process.number("segments")).isEqualTo(files.size());
            FaultyProcess.assertExactly(process.taken(), home.resolve("capture"));
        }
        assertThat(largestStep()).isCloseTo(DAY, SLACK);
    }

    /** Those of calls in front of a number have the true time; those behind it are off by the jump. */
    private void assertTimes(long before, Instant began, Duration jump, Duration slack) throws IOException {
        Instant ended = Instant.now();
        for (Group row : Segments.allRows(home.resolve("capture"))) {
            Duration off = row.getLong("source_ts_ns", 0) < before ? Duration.ZERO : jump;
            long ns = row.getLong("ts_ns", 0);
            Instant time = Instant.ofEpochSecond(ns / 1_000_000_000, ns % 1_000_000_000)
                    .minus(off);
            assertThat(time).isBetween(began.minus(slack), ended.plus(slack));
        }
    }

    /** As footers tell it. */
    private Duration largestStep() throws IOException {
        Duration largest = Duration.ZERO;
        for (Path segment : Segments.in(home.resolve("capture"))) {
            Matcher m = STEPS.matcher(Segments.footer(segment)
                    .getFileMetaData()
                    .getKeyValueMetaData()
                    .get("flow.clock"));
            assertThat(m.find()).isTrue();
            Duration step = Duration.ofNanos(Long.parseLong(m.group(2)));
            largest = step.compareTo(largest) > 0 ? step : largest;
            assertThat(Long.parseLong(m.group(1)) > 0).isEqualTo(!step.isZero());
        }
        return largest;
    }
}
