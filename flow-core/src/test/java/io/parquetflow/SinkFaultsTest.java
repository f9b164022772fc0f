package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkState;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.FaultChild;
import io.parquetflow.testing.NextStart;
import io.parquetflow.testing.NoSlabLeft;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk says no: what was accepted is written all the same, later or elsewhere, and producers see false at most. */
@Tag("machine")
@ExtendWith(NoSlabLeft.class)
class SinkFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    static LogSinkBuilder small(Path where, Durability durability) {
        return LogSink.builder(where)
                .durability(durability)
                .codec(Codec.UNCOMPRESSED)
                .ringBytes(256 << 10)
                .maxPayload(4 << 10)
                .rowGroupBytes(64 << 10);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aDirectoryThatIsRemovedCostsNoAcceptedRecord(Durability durability) throws Exception {
        Path capture = directory.resolve("capture");
        try (LogSink sink = small(capture, durability).build()) {
            record(sink, 3_000);
            assertThat(sink.flush(LONG)).isTrue();
            delete(capture);
            record(sink, 3_000);
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().lastError()).contains("deleted or moved");
            assertThat(sink.stats().state()).isEqualTo(SinkState.RUNNING);
        }
        assertThat(Duck.number(capture, "select count(distinct seq) from {}")).isEqualTo(6_000);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aDirectoryThatIsMovedCostsNoAcceptedRecord(Durability durability) throws Exception {
        Path capture = directory.resolve("capture");
        try (LogSink sink = small(capture, durability).build()) {
            record(sink, 3_000);
            assertThat(sink.flush(LONG)).isTrue();
            Files.move(capture, directory.resolve("elsewhere"));
            record(sink, 3_000);
            assertThat(sink.rotate(LONG)).isTrue();
        }
        assertThat(Duck.number(capture, "select count(distinct seq) from {}")).isEqualTo(6_000);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void tooLittleFreeDegradesAndSaysTheWayOut(Durability durability) throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Diagnostics diagnostics = (level, line, cause) -> lines.add(line);
        LogSink sink = small(directory, durability)
                .minFreeBytes(1L << 60)
                .diagnostics(diagnostics)
                .build();
        fillUntilDegraded(sink);
        assertThat(sink.close(Duration.ofMillis(100))).isFalse();
        SinkStats stats = sink.stats();
        assertThat(lines).anyMatch(l -> l.contains("min-free-bytes=1048576TB") && l.contains("lower min-free-bytes"));
        // one complaint and no more, however often it was tried
        assertThat(lines.stream().filter(l -> l.contains("trying again"))).hasSize(1);
        if (durability == Durability.OFF) {
            assertThat(stats.abandoned()).isEqualTo(stats.accepted());
            return;
        }
        assertThat(stats.abandoned()).isZero();
        assertThat(NextStart.of(small(directory, durability)).recovered()).isEqualTo(stats.accepted());
        assertAllIsThere(directory, stats.accepted());
    }

    /** Until the disk refuses, and the ring is full as well. */
    private static void fillUntilDegraded(LogSink sink) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (sink.stats().state() != SinkState.DEGRADED || sink.tryRecord(new byte[1_000])) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            sink.tryRecord(new byte[1_000]);
        }
    }

    /** Of one writer. */
    private static void assertAllIsThere(Path where, long accepted) throws Exception {
        assertThat(Duck.query(where, "select count(*)::bigint, count(distinct seq)::bigint, max(seq)::bigint from {}"))
                .containsExactly(List.of(accepted, accepted, accepted - 1));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFullDiskIsWaitedForAndNothingIsLost(Durability durability) throws Exception {
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                Children.works("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount.toString()),
                "cannot mount a small file system here");
        try (LogSink sink = small(mount, durability).build()) {
            long taken = 0;
            for (int cycle = 0; cycle < 5; cycle++) {
                Path ballast = mount.resolve("ballast");
                long wanted = Files.getFileStore(mount).getUsableSpace();
                Files.write(ballast, new byte[(int) Math.max(0, wanted - (4 << 10))]);
                long deadline = System.nanoTime() + LONG.toNanos();
                while (sink.stats().state() != SinkState.DEGRADED) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    if (sink.tryRecord(new byte[1_000])) {
                        taken++;
                    }
                }
                Files.delete(ballast);
                long freed = System.nanoTime();
                assertThat(sink.rotate(LONG)).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(Duration.ofSeconds(5));
                assertThat(sink.stats().state()).isEqualTo(SinkState.RUNNING);
                assertThat(sink.stats().accepted()).isEqualTo(taken);
                assertThat(Duck.number(mount, "select count(distinct seq) from {}"))
                        .isEqualTo(taken);
            }
            assertThat(sink.close(LONG)).isTrue();
        } finally {
            Children.run(List.of("umount", "-l", mount.toString()));
        }
    }

    @Test
    void aDiskThatStaysFullKeepsWhatFits() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                Children.works("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount.toString()),
                "cannot mount a small file system here");
        try {
            LogSink sink = small(mount, Durability.OFF).build();
            fillUntilDegraded(sink);
            assertThat(sink.close(Duration.ofMillis(500))).isFalse();
            SinkStats stats = sink.stats();
            assertThat(stats.rowsSealed()).isGreaterThan(1_500);
            assertThat(stats.rowsSealed() + stats.abandoned()).isEqualTo(stats.accepted());
            assertThat(Duck.query(mount, "select count(*)::bigint, max(seq)::bigint from {}"))
                    .containsExactly(List.of(stats.rowsSealed(), stats.rowsSealed() - 1));
            Map<String, String> keys =
                    Segments.footer(Segments.in(mount).get(0)).getFileMetaData().getKeyValueMetaData();
            assertThat(keys).containsEntry("flow.last_seq", Long.toString(stats.rowsSealed() - 1));
            assertThat(keys).containsEntry("flow.clean_close", "false");
        } finally {
            Children.run(List.of("umount", "-l", mount.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESS", "POWER"})
    void aDiskThatStaysFullUntilTheNextStartCostsNothing(Durability durability) throws Exception {
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                Children.works("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount.toString()),
                "cannot mount a small file system here");
        try {
            LogSink sink = small(mount, durability).build();
            for (int i = 0; i < 200_000; i++) { // a drop every now and then
                sink.tryRecord(new byte[i % 10 == 0 ? 5_000 : 1_000]);
            }
            assertThat(sink.close(Duration.ofMillis(300))).isFalse();
            SinkStats stats = sink.stats();
            assertThat(stats.accepted() + stats.dropped()).isEqualTo(200_000);
            assertThat(stats.abandoned()).isZero();
            assertThat(Children.works("mount", "-o", "remount,size=64m", mount.toString()))
                    .isTrue();
            NextStart.of(small(mount, durability));
            assertAllIsThere(mount, stats.accepted());
            assertThat(Duck.number(mount, "select sum(lost) from {}") + lostTail(mount))
                    .isEqualTo(stats.dropped());
        } finally {
            Children.run(List.of("umount", "-l", mount.toString()));
        }
    }

    private static long lostTail(Path where) throws IOException {
        List<Path> segments = Segments.in(where);
        return Long.parseLong(Segments.footer(segments.get(segments.size() - 1))
                .getFileMetaData()
                .getKeyValueMetaData()
                .get("flow.lost_tail"));
    }

    private static void record(LogSink sink, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(sink.record(new byte[200], LONG)).isTrue();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void theLossAddsUpThoughRowsWereGivenUp() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                Children.works("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount.toString()),
                "cannot mount a small file system here");
        try {
            LogSink sink = small(mount, Durability.OFF).build();
            for (int i = 0; i < 200_000; i++) { // a drop every now and then, also in front of rows that are given up
                sink.tryRecord(new byte[i % 10 == 0 ? 5_000 : 1_000]);
            }
            assertThat(sink.close(Duration.ofMillis(300))).isFalse();
            SinkStats stats = sink.stats();
            assertThat(Duck.number(mount, "select sum(lost) from {}") + lostTail(mount))
                    .isEqualTo(stats.dropped());
        } finally {
            Children.run(List.of("umount", "-l", mount.toString()));
        }
    }

    @Test
    void anInterruptOfTheWriterThreadCostsNothing() throws Exception {
        Thread[] writer = new Thread[1];
        try (LogSink sink = small(directory, Durability.POWER)
                .rotateRows(500)
                .threadFactory(task -> writer[0] = new Thread(task, "interrupted"))
                .diagnostics((level, line, cause) -> {})
                .build()) {
            Thread nuisance = new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    writer[0].interrupt();
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            });
            nuisance.start();
            record(sink, 10_000);
            nuisance.join();
            assertThat(sink.close(LONG)).isTrue();
            assertThat(sink.stats().abandoned()).isZero();
        }
        assertThat(Duck.number(directory, "select count(distinct seq) from {}")).isEqualTo(10_000);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void theLockComesBackWithTheDirectory(Durability durability) throws Exception {
        Path capture = directory.resolve("capture");
        try (LogSink sink = small(capture, durability).build()) {
            record(sink, 100);
            assertThat(sink.flush(LONG)).isTrue();
            delete(capture);
            record(sink, 1_000);
            assertThat(sink.rotate(LONG)).isTrue();
            record(sink, 10);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(capture.resolve("_flow/" + sink.writer() + ".lock")).exists();
        }
    }

    @Test
    void littleDirectMemoryShrinksTheSinkAndSaysSo() throws Exception {
        List<String> command = Children.java(
                System.getProperty("java.class.path"),
                FaultChild.class,
                directory.toString(),
                "10",
                "PROCESS",
                "defaults");
        command.add(1, "-XX:MaxDirectMemorySize=10m");
        Children.Result result = Children.run(command);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).contains("not enough direct memory, going on with less: ring-bytes=");
        assertThat(result.out()).contains("all=true");
    }
}
