package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import java.io.IOException;

/** Part a: the accept path, and the same loop around nothing. */
final class AcceptRun {
    /** Fewer than a first-level cache holds: a producer has just received what it hands over. */
    private static final int PAYLOADS = 64;

    private static final long NS_PER_MS = 1_000_000;

    private AcceptRun() {}

    static void noop(Load load, Figures figures) {
        PacedLoop loop = new Noop();
        Window.measure(load, loop, null, figures);
    }

    static void run(Load load, Figures figures) throws IOException {
        Payloads payloads = new Payloads(PAYLOADS, load.size());
        Latencies unused = new Latencies(); // loads the histogram's classes before memory is looked at
        unused.reset();
        Memory before = Memory.live();
        LogSink sink = Sinks.open(load);
        PacedLoop loop =
                load.kind() == Load.Kind.ACCEPT_OURS ? new OurClock(sink, payloads) : new CallersClock(sink, payloads);
        try (sink) {
            Window.measure(load, loop, sink, figures);
            memory(before, Memory.live(), sink, figures);
            Accounting.close(sink, loop.calls(), loop.taken(), figures);
        }
    }

    static void memory(Memory before, Memory after, LogSink sink, Figures figures) {
        figures.put("memory_bound_bytes", sink.stats().memoryBytes());
        figures.put("memory_direct_bytes", after.directBytes() - before.directBytes());
        figures.put("memory_heap_live_bytes", after.heapBytes() - before.heapBytes());
        figures.put("memory_resident_bytes", after.residentBytes() - before.residentBytes());
    }

    private static final class Noop extends PacedLoop {
        Noop() {
            super(true);
        }

        @Override
        boolean call(long i, long nanoTime) {
            return true;
        }
    }

    private static final class OurClock extends PacedLoop {
        private final LogSink sink;
        private final Payloads payloads;

        OurClock(LogSink sink, Payloads payloads) {
            super(true);
            this.sink = sink;
            this.payloads = payloads;
        }

        @Override
        boolean call(long i, long nanoTime) {
            return sink.tryRecord(payloads.at(i));
        }
    }

    private static final class CallersClock extends PacedLoop {
        private final LogSink sink;
        private final Payloads payloads;
        private final long epochOffsetNs = System.currentTimeMillis() * NS_PER_MS - System.nanoTime();

        CallersClock(LogSink sink, Payloads payloads) {
            super(true);
            this.sink = sink;
            this.payloads = payloads;
        }

        @Override
        boolean call(long i, long nanoTime) {
            byte[] payload = payloads.at(i);
            return sink.tryRecord(payload, 0, payload.length, nanoTime + epochOffsetNs, Recorder.NO_SOURCE);
        }
    }
}
