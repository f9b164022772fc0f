package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.spi.Durability;
import io.parquetflow.testing.ChildJvm;
import io.parquetflow.testing.FileCalls;
import io.parquetflow.testing.FileCalls.Kept;
import io.parquetflow.testing.PowerChild;
import io.parquetflow.testing.Segments;
import io.parquetflow.testing.Tracer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut may leave, state by state: a short run with {@code durability=power} is written down call by call, and
 * in front of each call the power goes: with everything kept, with nothing kept that was not forced, with names or bytes
 * only, and with one write missing among those that were not forced. Whatever is left, the next start makes segments of
 * it in which every record is that was called durable, once and in order.
 */
@Tag("machine")
class CrashStatesTest {
    private static final int WRITES_MISSED = 6;
    private static final int LEAST_STATES = 1_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final List<String> failures = new ArrayList<>();
    private FileCalls calls;
    private int states;

    @Test
    void whateverAPowerCutLeavesWhatWasDurableIsThere() throws Exception {
        assumeTrue(Tracer.works(), "strace cannot trace here");
        calls = run();
        for (int cut = 0; cut <= calls.count(); cut++) {
            if (!calls.changes(cut)) {
                continue;
            }
            for (Kept kept : Kept.values()) {
                check(cut, kept, -1);
            }
            for (int write :
                    calls.unforcedWrites(cut).stream().limit(WRITES_MISSED).toList()) {
                check(cut, Kept.ALL, write);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(states).isGreaterThan(LEAST_STATES);
    }

    private FileCalls run() throws Exception {
        Path data = Files.createDirectory(home.resolve("data"));
        Path log = home.resolve("strace");
        List<String> command = new ArrayList<>(List.of("strace", "-o", log.toString()));
        command.addAll(FileCalls.OPTIONS);
        command.addAll(ChildJvm.command(
                System.getProperty("java.class.path"),
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                PowerChild.class,
                data.toString(),
                home.resolve("slabs").toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor()).isZero();
        delete(home.resolve("slabs")); // memory, which the power takes with it
        return FileCalls.read(log, data);
    }

    /** A thousand recoveries that force what they write are slow on a disk. */
    private Path memory() throws IOException {
        Path shared = Path.of("/dev/shm");
        return Files.createTempDirectory(Files.isWritable(shared) ? shared : home, "crash-states-");
    }

    private void check(int cut, Kept kept, int without) throws IOException {
        String state = "cut=" + cut + " kept=" + kept + " without=" + without;
        Path data = memory();
        calls.leave(cut, kept, without, data);
        states++;
        String durable = calls.lastSaid(PowerChild.DURABLE, cut);
        try {
            recover(data);
            check(data, durable.isEmpty() ? 0 : Integer.parseInt(durable));
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(state + ": " + e);
            assertThat(failures).hasSizeLessThan(10);
        } finally {
            delete(data);
        }
    }

    private void recover(Path data) throws IOException {
        List<String> lines = new ArrayList<>();
        LogSink sink = LogSink.builder(data)
                .durability(Durability.OFF)
                .ringBytes(64 << 10)
                .maxPayload(1_000)
                .rowGroupBytes(64 << 10)
                .jmx(false)
                .diagnostics((level, line, cause) -> lines.add(line))
                .build();
        assertThat(sink.close(LONG)).as("%s", lines).isTrue();
        assertThat(lines).noneMatch(line -> line.contains("cannot recover"));
    }

    /** What was not forced may be there or not, each frame by itself. */
    private static void check(Path data, int durable) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path segment : Segments.in(data)) {
            for (Group row : Segments.rows(segment)) {
                ByteBuffer payload = row.getBinary("payload", 0).toByteBuffer();
                numbers.add(
                        Integer.parseInt(StandardCharsets.UTF_8.decode(payload).toString()));
            }
        }
        assertThat(numbers).doesNotHaveDuplicates().isSorted();
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(durable);
        assertThat(numbers.subList(0, durable))
                .isEqualTo(IntStream.range(0, durable).boxed().toList());
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.map(Path::toString).filter(name -> name.contains(".parquet.short")))
                    .isEmpty();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
