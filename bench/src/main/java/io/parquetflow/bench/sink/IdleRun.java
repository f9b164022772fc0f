package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import java.io.IOException;

/** What a sink with nothing to do costs: processor time of its writer thread, on defaults but for the durability. */
final class IdleRun {
    private static final double NS_PER_SECOND = 1e9;
    private static final long MS_PER_SECOND = 1000;

    private IdleRun() {}

    static void run(Load load, Figures figures) throws IOException, InterruptedException {
        try (LogSink sink =
                LogSink.builder(load.directory()).durability(load.durability()).build()) {
            sleep(load.warmupSeconds());
            long writer = Threads.writer(sink.name());
            long cpuNs = Threads.cpuNs(writer);
            long start = System.nanoTime();
            sleep(load.seconds());
            cpuNs = Threads.cpuNs(writer) - cpuNs;
            double tookNs = System.nanoTime() - start;
            figures.put("seconds", tookNs / NS_PER_SECOND);
            figures.put("writer_cpu_ms", cpuNs / (NS_PER_SECOND / MS_PER_SECOND));
            figures.put("cpu_percent", 100 * cpuNs / tookNs);
            Accounting.close(sink, 0, 0, figures);
        }
    }

    private static void sleep(double seconds) throws InterruptedException {
        Thread.sleep(Math.round(seconds * MS_PER_SECOND));
    }
}
