package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.spi.Durability;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.FaultyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody takes the directory away, or the right to make files in it, or the slab, while records come in. */
@Tag("machine")
class DirectoryFaultsTest {
    private static final String SIZES =
            "ring-bytes=64KB\nmax-payload=4KB\nrow-group-bytes=64KB\ncodec=uncompressed\nsync-interval=20ms\n";

    private static final long PATIENCE_NS = 10_000_000_000L;

    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}, {1}, killed: {2}")
    @CsvSource({
        "PROCESS, false, false",
        "PROCESS, false, true",
        "PROCESS, true, true",
        "POWER, false, true",
        "POWER, true, false",
        "POWER, true, true"
    })
    void aDirectoryThatIsGoneCostsNoRecordNotEvenWhenKilled(Durability mode, boolean moved, boolean killed)
            throws Exception {
        BitSet taken;
        Path capture = home.resolve("capture");
        try (FaultyProcess process = FaultyProcess.start(home, SIZES + "durability=" + mode, Map.of())) {
            assertThat(process.build("capture")).isTrue();
            process.ask("record 1000");
            if (moved) {
                Files.move(capture, home.resolve("elsewhere"));
            } else {
                delete(capture);
            }
            process.ask("record 1000");
            awaitJournalAndLock(capture.resolve("_flow"));
            process.ask("record 1000");
            taken = process.taken();
            if (killed) {
                process.kill();
            } else {
                assertThat(process.ask("close 20000")).containsEntry("all", "true");
            }
        }
        assertThat(taken.cardinality()).isGreaterThan(2_500);
        FaultyProcess.reopen(capture);
        FaultyProcess.assertExactly(taken, capture);
    }

    /** Both have to be there again: the one holds the records, by the other they are found. */
    private static void awaitJournalAndLock(Path internal) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NS;
        List<String> names = new ArrayList<>();
        while (!(names.stream().anyMatch(n -> n.endsWith(".journal"))
                && names.stream().anyMatch(n -> n.endsWith(".lock")))) {
            assertThat(System.nanoTime()).as("%s", names).isLessThan(deadline);
            Thread.sleep(10);
            names.clear();
            if (Files.isDirectory(internal)) {
                try (Stream<Path> files = Files.list(internal)) {
                    files.forEach(file -> names.add(file.toString()));
                }
            }
        }
    }

    /** On a busy machine the writer thread has not tried yet when the rotation's patience is over. */
    private static void awaitDegraded(FaultyProcess process) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NS;
        Map<String, String> state;
        do {
            Thread.sleep(10);
            state = process.ask("record 1");
            assertThat(System.nanoTime()).as("%s", state).isLessThan(deadline);
        } while (!"DEGRADED".equals(state.get("state")));
    }

    @ParameterizedTest
    @EnumSource
    void aDirectoryThatTakesNoNewFilesIsWaitedFor(Durability mode) throws Exception {
        BitSet taken;
        try (FaultyProcess process =
                FaultyProcess.start(home, SIZES + "rotate-rows=500\ndurability=" + mode, Map.of())) {
            assertThat(process.build("capture")).isTrue();
            process.ask("record 700");
            String capture = process.directory("capture").toString();
            assumeTrue(
                    Children.works("chattr", "+i", capture, capture + "/_flow"),
                    "cannot make a directory immutable here");
            try {
                process.ask("record 2000");
                assertThat(process.ask("rotate 300")).containsEntry("all", "false");
                awaitDegraded(process);
            } finally {
                Children.run(List.of("chattr", "-i", capture, capture + "/_flow"));
            }
            taken = resumeAndClose(process);
        }
        FaultyProcess.assertExactly(taken, home.resolve("capture"));
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatMayOpenNothingMoreWaitsForDescriptors(Durability mode) throws Exception {
        BitSet taken;
        try (FaultyProcess process =
                FaultyProcess.start(home, SIZES + "rotate-rows=500\ndurability=" + mode, Map.of())) {
            assertThat(process.build("first")).isTrue();
            process.ask("record 1000");
            process.ask("close 20000");
            assertThat(process.build("capture")).isTrue();
            process.ask("record 700");
            // Twenty more than there are: enough for ever, since what is sealed is closed.
            limit(process.pid(), 20 + highestDescriptor(process.pid()));
            process.ask("record 20000");
            assertThat(process.ask("rotate 20000")).containsEntry("state", "RUNNING");
            limit(process.pid(), 4);
            process.ask("record 2000");
            assertThat(process.ask("rotate 300")).containsEntry("all", "false");
            awaitDegraded(process);
            limit(process.pid(), 1_000);
            taken = resumeAndClose(process);
        }
        FaultyProcess.assertExactly(taken, home.resolve("capture"));
    }

    private static BitSet resumeAndClose(FaultyProcess process) throws Exception {
        assertThat(process.ask("resume 5000")).containsEntry("state", "RUNNING");
        process.ask("record 100");
        assertThat(process.ask("close 20000")).containsEntry("all", "true").containsEntry("abandoned", "0");
        return process.taken();
    }

    private static void limit(long pid, long descriptors) {
        assumeTrue(
                Children.works("prlimit", "--pid", Long.toString(pid), "--nofile=" + descriptors + ":"),
                "cannot limit another process here");
    }

    private static long highestDescriptor(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.mapToLong(fd -> Long.parseLong(String.valueOf(fd.getFileName())))
                    .max()
                    .orElseThrow();
        }
    }

    @Test
    void aSlabThatIsDeletedIsToldOfAndCostsNothingWhileTheProcessLives() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Path slabs = home.resolve("slabs");
        LogSink sink = LogSink.builder(home.resolve("capture"))
                .slabDirectory(slabs)
                .ringBytes(64 << 10)
                .maxPayload(4 << 10)
                .diagnostics((level, line, cause) -> lines.add(line))
                .build();
        assertThat(sink.stats().crashSafe()).isTrue();
        delete(slabs);
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (sink.stats().crashSafe()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            assertThat(sink.record(new byte[100], Duration.ofSeconds(1))).isTrue();
        }
        assertThat(sink.stats().crashSafeReason()).contains("the slab was deleted", "RemoveIPC", "slab-directory");
        // once, however often it is looked for
        assertThat(lines)
                .filteredOn(line -> line.contains("the slab was deleted"))
                .hasSize(1);
        assertThat(sink.record(new byte[100], Duration.ofSeconds(1))).isTrue();
        assertThat(sink.close(Duration.ofSeconds(20))).isTrue();
        assertThat(sink.stats().rowsSealed()).isEqualTo(sink.stats().accepted());
        assertThat(home.resolve("capture/_flow")).isEmptyDirectory();
    }

    /** As {@code /dev/shm} is, and a memory volume of a container. */
    @Test
    void aSlabDirectoryMayBeOneThatAllMayWrite() throws Exception {
        Path volume = Files.createDirectory(home.resolve("volume"));
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (LogSink sink = LogSink.builder(home.resolve("capture"))
                .slabDirectory(volume)
                .ringBytes(64 << 10)
                .maxPayload(4 << 10)
                .build()) {
            assertThat(sink.stats().crashSafe())
                    .as(sink.stats().crashSafeReason())
                    .isTrue();
            String slab = Files.readString(home.resolve("capture/_flow/" + sink.writer() + ".lock"));
            assertThat(slab).contains(volume + "/parquet-flow-", sink.writer() + ".slab");
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
