package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import java.time.Duration;

/**
 * What is watched while a paced loop is measured: the rate, what the producer allocates, and what the writer thread
 * allocates for each record it takes meanwhile.
 */
final class Window {
    /** Below this the load was not the one that was asked for, and the run has failed. */
    private static final double LEAST_OF_RATE = 0.99;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Window() {}

    /** Warms up, then measures on the calling thread. {@code sink} is null for the no-op. */
    static void measure(Load load, PacedLoop loop, LogSink sink, Figures figures) {
        warmUp(load, loop, sink);
        long writer = sink == null ? -1 : Threads.writer(Sinks.NAME);
        long rows = sink == null ? 0 : sink.stats().rows();
        long writerBytes = sink == null ? 0 : Threads.allocated(writer);
        long bytes = Threads.allocatedHere();
        double rate = loop.run(load.rate(), load.seconds());
        bytes = Threads.allocatedHere() - bytes;
        rate(load, rate, figures);
        loop.latencies().report(figures);
        long hits = loop.latencies().hits();
        long misses = loop.latencies().misses();
        figures.put("window_accepted", loop.expects() ? hits : misses);
        figures.put("window_refused", loop.expects() ? misses : hits);
        figures.put("producer_bytes_per_op", (double) bytes / (hits + misses));
        if (sink != null) {
            writerBytes = Threads.allocated(writer) - writerBytes;
            writerBytes(writerBytes, sink.stats().rows() - rows, figures);
        }
    }

    /**
     * Compiles, touches the memory, and seals a segment, so that sealing loads its classes now; then clears the garbage
     * and forgets the times.
     */
    private static void warmUp(Load load, PacedLoop loop, LogSink sink) {
        loop.run(load.rate(), load.warmupSeconds());
        if (sink != null && loop.expects()) {
            sink.rotate(PATIENCE);
        }
        System.gc();
        loop.latencies().reset();
    }

    static void rate(Load load, double rate, Figures figures) {
        figures.put("rate_intended", load.rate());
        figures.put("rate_achieved", Math.round(rate));
        figures.put("rate_ok", rate >= LEAST_OF_RATE * load.rate() ? 1 : 0);
    }

    static void writerBytes(long bytes, long rows, Figures figures) {
        if (rows > 0) {
            figures.put("writer_bytes_per_record", (double) bytes / rows);
        }
    }
}
