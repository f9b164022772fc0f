package io.parquetflow.testing;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.SinkStats;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Records so many payloads in a process whose system calls fail, and prints the sink's numbers. */
public final class FaultChild {
    private static final int RECORDS = 20_000;

    private FaultChild() {}

    /** Arguments: directory, seconds to close, durability, anything for the default sizes. */
    public static void main(String[] args) throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger recoveries = new AtomicInteger();
        SinkListener listener = new SinkListener() {
            @Override
            public void failed(Throwable cause) {
                failures.incrementAndGet();
            }

            @Override
            public void recovered() {
                recoveries.incrementAndGet();
            }
        };
        long refused = 0;
        LogSinkBuilder builder = LogSink.builder(Path.of(args[0]));
        if (args.length < 4) { // otherwise sizes are the defaults
            builder.ringBytes(256 << 10).maxPayload(4 << 10).rowGroupBytes(256 << 10);
        }
        try (LogSink sink = builder.codec(Codec.UNCOMPRESSED)
                .durability(Durability.valueOf(args[2]))
                .rotateRows(5_000)
                .jmx(false)
                .diagnostics((level, line, cause) -> System.err.println(line))
                .listener(listener)
                .build()) {
            byte[] payload = new byte[100];
            for (int i = 0; i < RECORDS; i++) {
                payload[0] = (byte) i;
                // patience, but not for ever
                Duration wait = refused < 20 ? Duration.ofMillis(100) : Duration.ZERO;
                if (!sink.record(payload, 0, 100, i, i, wait)) {
                    refused++;
                }
            }
            boolean all = sink.close(Duration.ofSeconds(Long.parseLong(args[1])));
            SinkStats stats = sink.stats();
            System.out.println("all=" + all + " calls=" + RECORDS + " refused=" + refused + " accepted="
                    + stats.accepted() + " dropped=" + stats.dropped() + " sealed=" + stats.rowsSealed()
                    + " abandoned=" + stats.abandoned() + " failures=" + failures + " recoveries=" + recoveries);
        }
    }
}
