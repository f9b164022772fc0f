package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while its threads offer: what they were told is accepted is in the file, once, whole. */
@EnabledOnOs(OS.LINUX)
@Tag("machine")
class SlabKillCrashTest {
    private static final int KILLS = 6;

    @TempDir
    private Path temp;

    @Test
    void aKillLosesNoAcceptedRecord() throws Exception {
        Random random = new Random();
        long inTheMiddle = 0;
        for (int i = 0; i < KILLS; i++) {
            Path directory = temp.resolve("slabs" + i);
            Path oracle = Files.write(temp.resolve("oracle" + i), new byte[SlabKillChild.ORACLE_BYTES]);
            // the last one is killed when the ring is full
            long killAt = i == KILLS - 1 ? Long.MAX_VALUE : 1 + random.nextInt(20_000);
            boolean full = runAndKill(directory, oracle, killAt);
            inTheMiddle += full ? 0 : 1;
            check(directory.resolve("child.slab"), oracle, full, "killAt=" + killAt);
        }
        assertThat(inTheMiddle).isPositive();
    }

    /** Answers whether the ring was full. */
    private static boolean runAndKill(Path directory, Path oracle, long killAt) throws Exception {
        try (ChildJvm child = ChildJvm.start(SlabKillChild.class, directory.toString(), oracle.toString());
                FileChannel channel = FileChannel.open(oracle, StandardOpenOption.READ)) {
            ByteBuffer counts = channel.map(FileChannel.MapMode.READ_ONLY, 0, SlabKillChild.ORACLE_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            assertThat(child.hear()).isEqualTo("started");
            if (killAt == Long.MAX_VALUE) {
                assertThat(child.hear()).isEqualTo("full");
            } else {
                while (counts.getLong(0) < killAt) {
                    Thread.onSpinWait();
                }
            }
            child.kill();
            return killAt == Long.MAX_VALUE;
        }
    }

    private static void check(Path slab, Path oracle, boolean full, String label) throws IOException {
        ByteBuffer counts = ByteBuffer.wrap(Files.readAllBytes(oracle)).order(ByteOrder.LITTLE_ENDIAN);
        long[] seen = new long[SlabKillChild.THREADS];
        byte[] expected = new byte[SlabKillChild.MAX_PAYLOAD];
        try (DeadSlab dead = DeadSlab.open(slab)) {
            assertThat(dead.streams()).as(label).isBetween(1, SlabKillChild.THREADS);
            SlabScan scan = dead.scan(0);
            while (scan.next()) {
                int thread = scan.stream();
                int length = SlabKillChild.fill(expected, thread, (int) seen[thread]);
                // each thread's records in its own order, so none twice and none missing between
                assertThat(scan.tsNs()).as(label).isEqualTo(seen[thread]);
                if (!Arrays.equals(Rings.read(scan), Arrays.copyOf(expected, length))) {
                    throw new AssertionError(label + ": not what was offered, position=" + scan.position());
                }
                seen[thread]++;
            }
            assertThat(scan.damaged()).as(label).isZero();
            for (int thread = 0; thread < seen.length; thread++) {
                long acknowledged = counts.getLong(thread * SlabKillChild.ORACLE_STEP);
                // one may be committed whose thread was killed before it said so
                assertThat(seen[thread]).as(label + ", thread=" + thread).isBetween(acknowledged, acknowledged + 1);
                if (full) {
                    assertThat(dead.streamName(thread)).isEqualTo("thread " + thread);
                    assertThat(seen[thread]).isEqualTo(acknowledged);
                }
            }
        }
    }
}
