package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import java.io.IOException;

/** Part b: the refusal path, on a ring that is always full. */
final class RefuseRun {
    private RefuseRun() {}

    static void run(Load load, Figures figures) throws IOException, InterruptedException {
        byte[] payload = new Payloads(1, load.size()).at(0);
        try (LogSink sink = Sinks.open(load)) {
            Refused loop = new Refused(sink, payload);
            FullRing full = new FullRing(sink, payload);
            try (full) {
                Window.measure(load, loop, sink, figures);
            }
            Accounting.close(sink, full.calls() + loop.calls(), full.taken() + loop.taken(), figures);
        }
    }

    private static final class Refused extends PacedLoop {
        private final LogSink sink;
        private final byte[] payload;

        Refused(LogSink sink, byte[] payload) {
            super(false);
            this.sink = sink;
            this.payload = payload;
        }

        @Override
        boolean call(long i, long nanoTime) {
            return sink.tryRecord(payload);
        }
    }
}
