package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An appender goes on, and somebody follows; {@code --limit} is what ends the follower. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("machine")
class LogFollowTest {
    @TempDir
    Path directory;

    private CompletableFuture<CommandRun> follow(Object... words) {
        List<Object> all = new ArrayList<>(List.of("logs", directory, "--follow", "--utc"));
        all.addAll(Arrays.asList(words));
        // A thread each: JDK 25 runs them in the common pool, which on two cores is one thread.
        return CompletableFuture.supplyAsync(
                () -> CommandRun.of(all.toArray()), task -> new Thread(task, "follower").start());
    }

    private static List<String> bodies(CommandRun run) {
        assertThat(run.code()).isZero();
        return run.out()
                .lines()
                .map(line -> line.substring(line.indexOf(" : ") + 3))
                .toList();
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "n" + i).toArray(String[]::new);
    }

    /** An event that came twice would leave no room for the last one. */
    @Test
    void eachEventIsPrintedOnceWhetherItIsSealedJournaledOrBoth() throws Exception {
        try (LogSamples log = LogSamples.rotating(directory, "log", 16)) {
            for (int i = 0; i < 40; i++) {
                log.info(i, "n" + i);
            }
            CompletableFuture<CommandRun> follower = follow("--limit", "300");
            for (int i = 40; i < 300; i++) {
                log.info(i, "n" + i);
                Thread.sleep(15);
            }

            CommandRun run = follower.get();
            assertThat(bodies(run)).containsExactly(numbers(0, 300));
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void tailIsForWhatThereIsAtTheBeginning() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            for (int i = 0; i < 10; i++) {
                log.info(i, "n" + i);
            }
            log.sink().rotate(Duration.ofSeconds(20));
            CompletableFuture<CommandRun> two = follow("--limit", "5", "--tail", "2");
            CompletableFuture<CommandRun> none = follow("--limit", "3", "--tail", "0");
            Thread.sleep(4000);
            for (int i = 10; i < 13; i++) {
                log.info(i, "n" + i);
            }

            assertThat(bodies(two.get())).containsExactly(numbers(8, 13));
            assertThat(bodies(none.get())).containsExactly(numbers(10, 13));
        }
    }

    @Test
    void anEmptyDirectoryIsWaitedFor() throws Exception {
        CompletableFuture<CommandRun> follower = follow("--limit", "1", "--level", "ERROR", "--format", "json");
        Thread.sleep(1500);
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "not this").event(1, 17, "ERROR", "a", "this");

            CommandRun run = follower.get();
            assertThat(run.out()).contains("\"body\":\"this\"").hasLineCount(1);
            assertThat(run.err()).isEqualTo("flow: [" + directory + "] no log events here yet, waiting for them\n");
        }
    }

    @Test
    void aSegmentThatIsMovedIsNotPrintedAgain() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "n0");
        }
        CompletableFuture<CommandRun> follower = follow("--limit", "2");
        Thread.sleep(3000);
        try (var files = Files.newDirectoryStream(directory, "*.parquet")) {
            Path archive = Files.createDirectory(directory.resolve("archive"));
            for (Path file : files) {
                Files.move(file, archive.resolve(file.getFileName()));
            }
        }
        Thread.sleep(1500);
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(1, "n1");
            assertThat(bodies(follower.get())).containsExactly("n0", "n1");
        }
    }

    @Test
    void onlyADirectoryCanBeFollowed() throws Exception {
        Path file = Files.writeString(directory.resolve("x"), "x");
        assertThat(CommandRun.of("logs", "-f", file).err()).isEqualTo("flow: [" + file + "] not a directory\n");
        assertThat(CommandRun.of("logs", "-f", directory.resolve("no")).code()).isEqualTo(1);
    }
}
