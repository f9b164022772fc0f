package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.testing.FaultyProcess;
import io.parquetflow.testing.Tracer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes its time for every write costs drops, counted, and never the producer's time. */
@Tag("machine")
class SlowDiskTest {
    @TempDir
    Path home;

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = {100, 500, 2_000})
    void aSlowDiskCostsTheProducerNoTime(int delayMs) throws Exception {
        assumeTrue(Tracer.works(), "strace is not installed, or may not attach here");
        String delay = ":delay_enter=" + delayMs * 1_000;
        BitSet taken;
        try (FaultyProcess process = FaultyProcess.start(
                home,
                "ring-bytes=64KB\nmax-payload=4KB\nrow-group-bytes=64KB\ncodec=uncompressed\ndurability=power\n",
                Map.of())) {
            assertThat(process.build("slow")).isTrue();
            process.ask("offer 500");
            long before = process.number("dropped");
            Path log = home.resolve("strace");
            try (Tracer tracer = Tracer.attach(
                    process.pid(), log, List.of("pwrite64" + delay, "fsync" + delay, "fdatasync" + delay))) {
                process.ask("offer 3000");
                assertThat(tracer.injected()).isPositive();
            }
            assertThat(process.number("dropped") - before).isPositive();
            // Neither a lock nor a wait; and time, as far as the machine lets one measure it.
            assertThat(process.number("waits")).isZero();
            assertThat(process.number("long")).isLessThan(3);
            assertThat(process.ask("close 20000")).containsEntry("all", "true");
            taken = process.taken();
        }
        FaultyProcess.assertExactly(taken, home.resolve("slow"));
    }
}
