package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import java.io.IOException;
import java.time.Duration;

/**
 * A steady load in front of a disk that is too slow for it: what the ring does not hold has to be in the journal. The
 * disk is slow only where {@link Delays} were planted, and recovers when the load ends, so that closing does not take
 * minutes. Nothing is warmed up: a burst does not wait for a compiler.
 */
final class BurstRun {
    private static final int PAYLOADS = 4096;
    private static final long RING_BYTES = 64 << 20;
    private static final long LOOK_MS = 5;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;

    private BurstRun() {}

    static void run(Load load, Figures figures) throws IOException, InterruptedException {
        Payloads payloads = new Payloads(PAYLOADS, load.size());
        LogSink sink = Sinks.builder(load).ringBytes(RING_BYTES).build();
        try (sink) {
            Burst loop = new Burst(sink, payloads);
            long writer = Threads.writer(Sinks.NAME);
            long writerNs = Threads.cpuNs(writer);
            Delays.begin(load.seconds());
            Thread producer = new Thread(() -> loop.reached = loop.run(load.rate(), load.seconds()), "bench-producer");
            producer.setDaemon(true);
            producer.start();
            watch(producer, sink, figures);
            Delays.end();
            writerNs = Threads.cpuNs(writer) - writerNs;
            figures.put("writer_cpu_percent", 100 * writerNs / (load.seconds() * NS_PER_SECOND));
            Window.rate(load, loop.reached, figures);
            loop.latencies().report(figures);
            SinkStats stats = sink.stats();
            figures.put("backlog_end_bytes", stats.backlogBytes());
            figures.put("segments_sealed_meanwhile", stats.segmentsSealed());
            figures.put("forces_delayed", Delays.forces());
            figures.put("pages_delayed", Delays.pages());
            long start = System.nanoTime();
            stats = Accounting.close(sink, loop.calls(), loop.taken(), figures);
            figures.put("close_seconds", (System.nanoTime() - start) / NS_PER_SECOND);
            figures.put("ring_bytes", stats.ringBytes());
            figures.put("ring_high_water_bytes", stats.ringHighWaterBytes());
        }
    }

    private static void watch(Thread producer, LogSink sink, Figures figures) throws InterruptedException {
        long most = 0;
        Duration oldest = Duration.ZERO;
        long firstDropNs = 0;
        long start = System.nanoTime();
        long last = start;
        long gap = 0;
        while (producer.isAlive()) {
            producer.join(LOOK_MS);
            long now = System.nanoTime();
            gap = Math.max(gap, now - last);
            last = now;
            SinkStats stats = sink.stats();
            most = Math.max(most, stats.backlogBytes());
            oldest = oldest.compareTo(stats.backlogAge()) > 0 ? oldest : stats.backlogAge();
            if (firstDropNs == 0 && stats.dropped() > 0) {
                firstDropNs = now - start;
            }
        }
        figures.put("backlog_most_bytes", most);
        figures.put("watch_gap_most_ms", gap / NS_PER_MS); // the machine had no time for a thread that needs none
        figures.put("backlog_age_most_ms", oldest.toNanos() / NS_PER_MS);
        if (firstDropNs > 0) {
            figures.put("first_drop_seconds", firstDropNs / NS_PER_SECOND);
        }
    }

    private static final class Burst extends PacedLoop {
        private final LogSink sink;
        private final Payloads payloads;
        private double reached;

        Burst(LogSink sink, Payloads payloads) {
            super(true);
            this.sink = sink;
            this.payloads = payloads;
        }

        @Override
        boolean call(long i, long nanoTime) {
            return sink.tryRecord(payloads.at(i));
        }
    }
}
