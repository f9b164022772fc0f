package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.Partition;
import io.parquetflow.spi.SealedSegment;
import io.parquetflow.spi.SinkListener;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.NoSlabLeft;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sink's life: opening, rotating, telling, closing; alone and beside others. */
@ExtendWith(NoSlabLeft.class)
class LogSinkLifeTest {
    private static final byte[] PAYLOAD = new byte[100];
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void segmentsRotateByRowsAndNoRecordIsLostBetweenThem() throws Exception {
        try (LogSink sink = LogSink.builder(directory).rotateRows(1_000).build()) {
            for (int i = 0; i < 3_500; i++) {
                assertThat(sink.record(PAYLOAD, LONG)).isTrue();
            }
        }
        List<Path> segments = Segments.in(directory);
        assertThat(segments).hasSize(4);
        String previous = "";
        long next = 0;
        for (Path segment : segments) {
            Map<String, String> keys =
                    Segments.footer(segment).getFileMetaData().getKeyValueMetaData();
            assertThat(keys).containsEntry("flow.previous", previous);
            assertThat(keys).containsEntry("flow.first_seq", Long.toString(next));
            assertThat(keys)
                    .containsEntry(
                            "flow.clean_close", Boolean.toString(segment.equals(segments.get(segments.size() - 1))));
            next += Long.parseLong(keys.get("flow.rows"));
            assertThat(keys).containsEntry("flow.last_seq", Long.toString(next - 1));
            previous = segment.getFileName().toString();
        }
        assertThat(next).isEqualTo(3_500);
    }

    @Test
    void segmentsRotateByBytesAndByAge() throws Exception {
        byte[] payload = new byte[1_000];
        try (LogSink sink = LogSink.builder(directory)
                .codec(io.parquetflow.spi.Codec.UNCOMPRESSED)
                .rotateBytes(1 << 20)
                .rowGroupBytes(256 << 10)
                .rotateInterval(Duration.ofMillis(400))
                .build()) {
            for (int i = 0; i < 3_000; i++) {
                assertThat(sink.record(payload, LONG)).isTrue();
            }
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(Segments.in(directory)).hasSizeBetween(2, 4);
            for (Path segment : Segments.in(directory)) {
                assertThat(Files.size(segment)).isLessThan((1 << 20) + (512 << 10));
            }
            // nobody records any more, and the rest is sealed all the same
            long deadline = System.nanoTime() + LONG.toNanos();
            while (sink.stats().rowsSealed() < 3_000 && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            assertThat(sink.stats().rowsSealed()).isEqualTo(3_000);
        }
    }

    @Test
    void rotateWaitsUntilEverythingBeforeItIsSealed() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            for (int round = 1; round <= 3; round++) {
                sink.tryRecord(PAYLOAD);
                assertThat(sink.rotate(LONG)).isTrue();
                assertThat(Duck.number(directory, "select count(*) from {}")).isEqualTo(round);
            }
            assertThat(sink.rotate(LONG)).isTrue(); // nothing to seal
            assertThat(Segments.in(directory)).hasSize(3);
        }
    }

    @Test
    void rowsGoToThePartitionOfTheirTime() throws Exception {
        long ten = Instant.parse("2026-11-20T10:59:59.999999999Z").getEpochSecond() * 1_000_000_000L + 999_999_999;
        try (LogSink sink = LogSink.builder(directory).partition(Partition.HOUR).build()) {
            sink.tryRecord(PAYLOAD, 0, 1, ten, Recorder.NO_SOURCE);
            sink.tryRecord(PAYLOAD, 0, 2, ten + 1, Recorder.NO_SOURCE);
            sink.tryRecord(PAYLOAD, 0, 3, ten + 2, Recorder.NO_SOURCE);
        }
        assertThat(Duck.query(
                                directory,
                                "select date::varchar, hour::varchar, count(*)::varchar from {} group by all order by 2")
                        .toString())
                .isEqualTo("[[2026-11-20, 10, 1], [2026-11-20, 11, 2]]");
    }

    /** What stands in the journal between records must not be taken for records, nor for how far we are. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyRotationSealsWhatWasAcceptedBeforeIt(Durability durability) throws Exception {
        try (LogSink sink = LogSink.builder(directory).durability(durability).build()) {
            for (int i = 0; i < 50; i++) {
                long before = sink.writtenSequence();
                long sequence = sink.offer(PAYLOAD);
                assertThat(sequence).isGreaterThan(before);
                assertThat(sink.rotate(LONG)).isTrue();
                assertThat(sink.stats().rowsSealed()).isEqualTo(i + 1);
                assertThat(sink.writtenSequence()).isGreaterThanOrEqualTo(sequence);
            }
        }
        assertThat(Segments.in(directory)).hasSize(50);
    }

    @Test
    void oldSegmentsAreDeletedAndTheLedgerSaysWhy() throws Exception {
        try (LogSink sink = LogSink.builder(directory).retainFiles(2).build()) {
            for (int i = 0; i < 5; i++) {
                sink.tryRecord(PAYLOAD);
                assertThat(sink.rotate(LONG)).isTrue();
            }
        }
        assertThat(Segments.in(directory)).hasSize(2);
        assertThat(Files.readAllLines(directory.resolve("_flow/capture.ledger")))
                .hasSize(3)
                .allMatch(line -> line.contains("reason=retain-files"));
        assertThat(Duck.query(directory, "select seq from {} order by 1").toString())
                .isEqualTo("[[3], [4]]");
    }

    @Test
    void twoSinksOfOneNameInOneDirectoryGetSegmentsOfTheirOwn() throws Exception {
        try (LogSink one = LogSink.open(directory);
                LogSink two = LogSink.open(directory)) {
            one.tryRecord(PAYLOAD);
            two.tryRecord(PAYLOAD);
            two.tryRecord(PAYLOAD);
            assertThat(one.writer()).isNotEqualTo(two.writer());
        }
        assertThat(Duck.query(directory, "select count(*) c from {} group by writer order by c")
                        .toString())
                .isEqualTo("[[1], [2]]");
        assertThat(directory.resolve("_flow")).isEmptyDirectory();
    }

    @Test
    void aSecondStartLeavesALiveWritersOpenSegmentAlone() throws Exception {
        try (LogSink one = LogSink.open(directory)) {
            one.tryRecord(PAYLOAD);
            assertThat(one.flush(LONG)).isTrue();
            try (LogSink two = LogSink.open(directory)) {
                two.tryRecord(PAYLOAD);
            }
            assertThat(one.rotate(LONG)).isTrue();
        }
        assertThat(Segments.in(directory)).hasSize(2);
    }

    @Test
    void listenersAreToldAndCannotHarm() throws Exception {
        List<SealedSegment> sealed = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<LogSink> self = new AtomicReference<>();
        SinkListener bad = new SinkListener() {
            @Override
            public void sealed(SealedSegment segment) {
                throw new IllegalStateException("a listener's bug");
            }
        };
        SinkListener good = new SinkListener() {
            @Override
            public void sealed(SealedSegment segment) {
                sealed.add(segment);
                self.get().tryRecord(PAYLOAD); // a loop, if it were taken
                self.get().record(PAYLOAD, LONG);
                self.get().flush(LONG); // would wait for itself
            }
        };
        try (LogSink sink =
                LogSink.builder(directory).listener(bad).listener(good).build()) {
            self.set(sink);
            sink.tryRecord(PAYLOAD, 0, 100, 5_000, 6);
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().droppedByCause()).containsEntry(DropCause.REENTRANT, 2L);
            assertThat(sink.stats().listenerErrors()).isEqualTo(1);
        }
        SealedSegment segment = sealed.get(0);
        assertThat(segment.rows()).isEqualTo(1);
        assertThat(segment.bytes()).isEqualTo(Files.size(segment.path()));
        assertThat(segment.columns()).extracting(c -> c.column()).contains("ts", "payload", "source_ts_ns");
        assertThat(segment.columns().get(1).min()).isEqualTo("5000");
    }

    @Test
    void aListenerMayCloseTheSink() throws Exception {
        AtomicReference<LogSink> self = new AtomicReference<>();
        SinkListener closes = new SinkListener() {
            @Override
            public void sealed(SealedSegment segment) {
                self.get().close();
            }
        };
        LogSink sink = LogSink.builder(directory).listener(closes).build();
        self.set(sink);
        sink.tryRecord(PAYLOAD);
        sink.rotate();
        assertThat(sink.close(LONG)).isTrue();
        assertThat(Duck.number(directory, "select count(*) from {}")).isEqualTo(1);
    }

    @Test
    void aMonitorSeesTheSinkByJmxUnlessItIsOff() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.parquetflow:type=LogSink,name=watched");
        try (LogSink sink = LogSink.builder(directory).name("watched").build();
                LogSink same = LogSink.builder(directory).name("watched").build();
                LogSink quiet =
                        LogSink.builder(directory).name("quiet").jmx(false).build()) {
            sink.tryRecord(PAYLOAD);
            sink.flush(LONG);
            assertThat(server.getAttribute(name, "Accepted")).isEqualTo(1L);
            assertThat(server.getAttribute(name, "State")).isEqualTo("RUNNING");
            assertThat(server.isRegistered(new ObjectName(name + ",writer=" + same.writer())))
                    .isTrue();
            assertThat(server.isRegistered(new ObjectName("io.parquetflow:type=LogSink,name=" + quiet.name())))
                    .isFalse();
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void littleMemoryIsEnough() throws Exception {
        for (String limit : List.of("1MB", "32MB")) {
            try (LogSink sink = LogSink.builder(directory)
                    .set(ConfigKey.MEMORY_LIMIT, limit)
                    .build()) {
                for (int i = 0; i < 20_000; i++) {
                    assertThat(sink.record(PAYLOAD, LONG)).isTrue();
                }
                assertThat(sink.stats().memoryBytes())
                        .isLessThanOrEqualTo(sink.config().number(ConfigKey.MEMORY_LIMIT));
            }
        }
        assertThat(Duck.number(directory, "select count(*) from {}")).isEqualTo(40_000);
    }

    /** A factory that configuration can name. */
    public static final class Pinned implements ThreadFactory {
        @Override
        public Thread newThread(Runnable task) {
            return new Thread(task, "pinned-to-core-7");
        }
    }

    @Test
    void theWriterThreadIsTheUsersOrADaemonOfOurs() throws Exception {
        try (LogSink ours = LogSink.builder(directory).name("mine").build();
                LogSink theirs = LogSink.builder(directory)
                        .set(ConfigKey.THREAD_FACTORY, Pinned.class.getName())
                        .build()) {
            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(t -> t.getName().equals("parquet-flow-mine") && t.isDaemon())
                    .anyMatch(t -> t.getName().equals("pinned-to-core-7"));
            assertThat(ours.name()).isEqualTo("mine");
            assertThat(theirs.tryRecord(PAYLOAD)).isTrue();
        }
        assertThatThrownBy(() -> LogSink.builder(directory)
                        .set(ConfigKey.THREAD_FACTORY, "java.lang.String")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key=thread-factory, value=java.lang.String");
        assertThat(directory.resolve("_flow")).isEmptyDirectory();
    }

    @Test
    void aPropertiesFileConfiguresASink() throws Exception {
        Path file = directory.resolve("flow.properties");
        Files.writeString(file, "directory=" + directory.resolve("out") + "\nname=fromfile\nrotateRows=7\n");
        try (LogSink sink = LogSink.fromFile(file).build()) {
            assertThat(sink.name()).isEqualTo("fromfile");
            assertThat(sink.config().number(ConfigKey.ROTATE_ROWS)).isEqualTo(7);
        }
        Properties unknown = new Properties();
        unknown.setProperty("rotate-bites", "1MB");
        assertThatThrownBy(() -> LogSink.open(unknown)).hasMessageContaining("key=rotate-bites");
    }

    @Test
    void filesHaveTheModeThatIsAskedFor() throws Exception {
        try (LogSink sink = LogSink.builder(directory).fileMode("0600").build()) {
            sink.tryRecord(PAYLOAD);
        }
        Path segment = Segments.in(directory).get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryThatIsAFileIsSaidAtOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> LogSink.open(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file");
    }

    @Test
    void aDisappointedThreadFactoryIsSaidAtOnce() throws Exception {
        assertThatThrownBy(() ->
                        LogSink.builder(directory).threadFactory(task -> null).build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
