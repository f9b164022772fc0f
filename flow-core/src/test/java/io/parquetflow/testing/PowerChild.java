package io.parquetflow.testing;

import io.parquetflow.LogSink;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Records numbers with {@code durability=power} and says, on standard output, how many of them would survive a power cut
 * by now; then it dies without closing anything.
 */
public final class PowerChild {
    /** What it says before a number of records. */
    public static final String DURABLE = "durable ";

    private static final int RECORDS = 240;
    private static final int TELL_EACH = 8;
    private static final Duration LONG = Duration.ofSeconds(30);

    private PowerChild() {}

    /** Arguments: directory, slab directory. */
    public static void main(String[] args) throws Exception {
        LogSink sink = LogSink.builder(Path.of(args[0]))
                .slabDirectory(Path.of(args[1]))
                .durability(Durability.POWER)
                .syncInterval(Duration.ofMillis(1))
                .codec(Codec.UNCOMPRESSED)
                .ringBytes(64 << 10)
                .maxPayload(1_000)
                .rotateRows(30)
                .jmx(false)
                .build();
        for (int n = 0; n < RECORDS; n++) {
            byte[] payload = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
            long sequence = sink.offer(payload);
            if (sequence < 0) {
                throw new AssertionError("refused: " + sequence);
            }
            if ((n + 1) % TELL_EACH == 0) {
                awaitDurable(sink, sequence);
                System.out.println(DURABLE + (n + 1));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void awaitDurable(LogSink sink, long sequence) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (sink.durableSequence() < sequence) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not durable: " + sink.stats());
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
