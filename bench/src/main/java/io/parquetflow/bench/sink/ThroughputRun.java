package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Part c: from the first call until everything is in sealed files, by producers that wait for room, so that the writer
 * thread is what is measured.
 */
final class ThroughputRun {
    /** More than caches hold of 256 bytes each, and more than zstd's window finds again at once. */
    private static final int PAYLOADS = 4096;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLS_BETWEEN_LOOKS = 256;
    private static final double NS_PER_SECOND = 1e9;

    private final Load load;
    private final Payloads payloads;
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<Producer> producers = new ArrayList<>();

    private ThroughputRun(Load load, Payloads payloads) {
        this.load = load;
        this.payloads = payloads;
    }

    static void run(Load load, Figures figures) throws IOException, InterruptedException {
        Payloads payloads = new Payloads(PAYLOADS, load.size());
        if (load.warmupSeconds() > 0) {
            figures.say("warm-up");
            new ThroughputRun(load, payloads).run(load.warmupSeconds(), new Figures(Discard.STREAM, load.name()));
            Directories.empty(load.directory());
        }
        System.gc();
        new ThroughputRun(load, payloads).run(load.seconds(), figures);
    }

    private void run(double seconds, Figures figures) throws IOException, InterruptedException {
        try (LogSink sink = Sinks.open(load)) {
            for (int i = 0; i < load.producers(); i++) {
                Producer producer = new Producer(sink, i, seconds);
                producer.setDaemon(true);
                producer.start();
                producers.add(producer);
            }
            long writer = Threads.writer(Sinks.NAME);
            long writerBytes = Threads.allocated(writer);
            long writerNs = Threads.cpuNs(writer);
            long start = System.nanoTime();
            go.countDown();
            long calls = 0;
            long taken = 0;
            for (Producer producer : producers) {
                producer.join();
                calls += producer.calls;
                taken += producer.taken;
            }
            writerBytes = Threads.allocated(writer) - writerBytes;
            Window.writerBytes(writerBytes, sink.stats().rows(), figures);
            double producersNs = System.nanoTime() - start;
            figures.put("writer_cpu_percent", 100 * (Threads.cpuNs(writer) - writerNs) / producersNs);
            SinkStats stats = Accounting.close(sink, calls, taken, figures);
            double tookNs = System.nanoTime() - start;
            figures.put("seconds", tookNs / NS_PER_SECOND);
            figures.put("records_per_s", Math.round(stats.rowsSealed() / tookNs * NS_PER_SECOND));
            figures.put("payload_mib_per_s", stats.bytesIn() / tookNs * NS_PER_SECOND / (1 << 20));
            figures.put("file_mib_per_s", stats.bytesWritten() / tookNs * NS_PER_SECOND / (1 << 20));
        }
    }

    private final class Producer extends Thread {
        private final LogSink sink;
        private final long first;
        private final long forNs;
        private long calls;
        private long taken;

        Producer(LogSink sink, int number, double seconds) {
            super("bench-producer-" + number);
            this.sink = sink;
            this.first = (long) number * PAYLOADS / load.producers();
            this.forNs = Math.round(seconds * NS_PER_SECOND);
        }

        @Override
        public void run() {
            try {
                go.await();
            } catch (InterruptedException e) {
                return;
            }
            long end = System.nanoTime() + forNs;
            do {
                some();
            } while (System.nanoTime() - end < 0);
        }

        private void some() {
            for (int i = 0; i < CALLS_BETWEEN_LOOKS; i++) {
                taken += sink.record(payloads.at(first + calls), PATIENCE) ? 1 : 0;
                calls++;
            }
        }
    }
}
