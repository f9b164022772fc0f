package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import java.io.IOException;
import java.util.Locale;

/**
 * A steady load for a long time, with the process' memory looked at every ten seconds: what grows between the end of the
 * first minute and the end would grow for ever. Segments are small and few are kept, so that the same things happen many
 * times and the disk does not fill.
 */
final class SoakRun {
    private static final int PAYLOADS = 4096;
    private static final long ROTATE_BYTES = 64 << 20;
    private static final int SEGMENTS_KEPT = 4;
    private static final double NS_PER_SECOND = 1e9;
    private static final double SECONDS_BETWEEN_LOOKS = 10;
    private static final double SETTLING_SECONDS = 60;
    /** For shorter runs: what of them counts as the first minute, and how often they are looked at. */
    private static final int PARTS = 10;

    private SoakRun() {}

    static void run(Load load, Figures figures) throws IOException, InterruptedException {
        Payloads payloads = new Payloads(PAYLOADS, load.size());
        Memory before = Memory.live();
        LogSink sink = Sinks.builder(load)
                .rotateBytes(ROTATE_BYTES)
                .retainFiles(SEGMENTS_KEPT)
                .build();
        try (sink) {
            Steady loop = new Steady(sink, payloads);
            long writer = Threads.writer(Sinks.NAME);
            long writerBytes = Threads.allocated(writer);
            Thread producer = new Thread(() -> loop.reached = loop.run(load.rate(), load.seconds()), "bench-producer");
            producer.setDaemon(true);
            producer.start();
            watch(load, producer, sink, figures);
            Window.rate(load, loop.reached, figures);
            Window.writerBytes(
                    Threads.allocated(writer) - writerBytes, sink.stats().rows(), figures);
            loop.latencies().report(figures);
            AcceptRun.memory(before, Memory.live(), sink, figures);
            Accounting.close(sink, loop.calls(), loop.taken(), figures);
        }
    }

    private static void watch(Load load, Thread producer, LogSink sink, Figures figures) throws InterruptedException {
        double pause = Math.min(SECONDS_BETWEEN_LOOKS, load.seconds() / PARTS);
        double settled = Math.min(SETTLING_SECONDS, load.seconds() / PARTS);
        long start = System.nanoTime();
        Memory first = null;
        Memory last = null;
        long most = 0;
        figures.say("seconds  resident  heap used  direct  dropped  segments");
        for (int look = 1; producer.isAlive(); look++) {
            long due = start + Math.round(look * pause * NS_PER_SECOND);
            producer.join(Math.max(1, (due - System.nanoTime()) / 1_000_000));
            last = Memory.now();
            double seconds = (System.nanoTime() - start) / NS_PER_SECOND;
            figures.say(String.format(
                    Locale.ROOT,
                    "%7.0f  %s  %s  %s  %d  %d",
                    seconds,
                    Memory.mib(last.residentBytes()),
                    Memory.mib(last.heapBytes()),
                    Memory.mib(last.directBytes()),
                    sink.stats().dropped(),
                    sink.stats().segmentsSealed()));
            if (first == null && seconds >= settled) {
                first = last;
            }
            most = Math.max(most, first == null ? 0 : last.residentBytes());
        }
        if (first == null) {
            first = last;
        }
        figures.put("resident_settled_bytes", first.residentBytes());
        figures.put("resident_most_bytes", most);
        figures.put("resident_end_bytes", last.residentBytes());
        figures.put("resident_growth_bytes", last.residentBytes() - first.residentBytes());
        figures.put("direct_growth_bytes", last.directBytes() - first.directBytes());
    }

    private static final class Steady extends PacedLoop {
        private final LogSink sink;
        private final Payloads payloads;
        private double reached;

        Steady(LogSink sink, Payloads payloads) {
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
