package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkState;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.FaultyProcess;
import io.parquetflow.testing.FaultyWriter;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full again and again: it resumes by itself, and every payload is a row or a drop. */
@Tag("machine")
class FullDiskCyclesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int CYCLES = 10;
    /** What the ballast leaves: takes some batches, and ends in the middle of one. */
    private static final long LEFT_BYTES = 300_000;

    @TempDir
    Path directory;

    private final byte[] payload = new byte[FaultyWriter.PAYLOAD_BYTES];
    private final BitSet taken = new BitSet();
    private int calls;

    @ParameterizedTest
    @EnumSource
    void aDiskThatIsFullTenTimesCostsNoAcceptedRecord(Durability durability) throws Exception {
        Path mount = Files.createDirectory(directory.resolve("small"));
        Path kept = Files.createDirectory(directory.resolve("kept"));
        assumeTrue(
                Children.works("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString()),
                "cannot mount a small file system here");
        try (LogSink sink = LogSink.builder(mount)
                .codec(Codec.UNCOMPRESSED)
                .durability(durability)
                .ringBytes(64 << 10)
                .maxPayload(4 << 10)
                .rowGroupBytes(64 << 10)
                .build()) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                fill(sink, mount);
                long freed = System.nanoTime();
                Files.delete(mount.resolve("ballast"));
                assertThat(sink.rotate(LONG)).isTrue();
                assertThat(sink.stats().state()).isEqualTo(SinkState.RUNNING);
                assertThat(Duration.ofNanos(System.nanoTime() - freed)).isLessThan(Duration.ofSeconds(5));
                for (Path segment : Segments.in(mount)) {
                    Files.move(segment, kept.resolve(segment.getFileName()));
                }
            }
            assertThat(sink.close(LONG)).isTrue();
            SinkStats stats = sink.stats();
            assertThat(stats.accepted()).isEqualTo(taken.cardinality());
            assertThat(stats.dropped()).isEqualTo(calls - taken.cardinality());
            assertThat(stats.abandoned()).isZero();
            assertThat(mount.resolve("_flow")).isEmptyDirectory();
        } finally {
            Children.run(List.of("umount", "-l", mount.toString()));
        }
        FaultyProcess.assertExactly(taken, kept);
    }

    /** Until payloads are refused for it, and some more are. */
    private void fill(LogSink sink, Path mount) throws IOException {
        long free = Files.getFileStore(mount).getUsableSpace();
        Files.write(mount.resolve("ballast"), new byte[(int) Math.max(0, free - LEFT_BYTES)]);
        long deadline = System.nanoTime() + LONG.toNanos();
        int refused = 0;
        while (refused < 100) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            ByteBuffer.wrap(payload).putLong(0, calls);
            boolean in = sink.record(payload, 0, payload.length, LogSink.OUR_CLOCK, calls, Duration.ofMillis(1));
            taken.set(calls, in);
            calls++;
            refused += !in && sink.stats().state() == SinkState.DEGRADED ? 1 : 0;
        }
    }
}
