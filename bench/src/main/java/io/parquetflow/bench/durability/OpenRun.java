package io.parquetflow.bench.durability;

import io.parquetflow.LogSink;
import io.parquetflow.bench.sink.Payloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One run of {@link Opens}, in a process of its own: the first opening of a sink loads everything. */
@Command(name = "open-run", hidden = true, description = "One run of opening a sink; what `durability` starts.")
public final class OpenRun implements Callable<Integer> {
    static final String SINK = "bench";

    /** What the process is to do. */
    enum Act {
        /** Opens, and again. */
        OPEN,
        /** Captures, and dies with its journal full. */
        DIE
    }

    private static final int AGAIN = 9;
    private static final int PAYLOADS = 4096;
    private static final int PAYLOAD_BYTES = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RECOVERY_AT_MOST = Duration.ofMinutes(2);
    private static final long POLL_MS = 5;
    private static final double NS_PER_MS = 1e6;

    @Option(names = "--act", required = true)
    private Act act;

    @Option(names = "--name", required = true)
    private String name;

    @Option(names = "--directory", required = true)
    private Path directory;

    @Option(names = "--records", defaultValue = "0", description = "To be journaled before the end, or recovered.")
    private long records;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (act == Act.DIE) {
            die();
            return 1;
        }
        long start = System.nanoTime();
        LogSink first = LogSink.builder(directory).name(SINK).build();
        put("first_ms", System.nanoTime() - start);
        try (first) {
            if (records > 0 && !awaitRecovery(first, start)) {
                return 1;
            }
        }
        if (records == 0) {
            again();
        }
        return 0;
    }

    private boolean awaitRecovery(LogSink sink, long start) throws InterruptedException {
        while (sink.stats().recovered() < records) {
            if (System.nanoTime() - start > RECOVERY_AT_MOST.toNanos()) {
                System.out.println("# recovered=" + sink.stats().recovered() + ", expected=" + records);
                return false;
            }
            Thread.sleep(POLL_MS);
        }
        put("recovered_ms", System.nanoTime() - start);
        return true;
    }

    private void again() throws IOException {
        long[] times = new long[AGAIN];
        for (int i = 0; i < AGAIN; i++) {
            long start = System.nanoTime();
            LogSink sink = LogSink.builder(directory).name(SINK).build();
            times[i] = System.nanoTime() - start;
            sink.close();
        }
        Arrays.sort(times);
        put("later_ms", times[AGAIN / 2]);
    }

    /** Nothing is sealed: the segment is never large enough, and a halt runs no hook that would close the sink. */
    private void die() throws IOException, InterruptedException {
        LogSink sink =
                LogSink.builder(directory).name(SINK).rotateBytes(1L << 40).build();
        Payloads payloads = new Payloads(PAYLOADS, PAYLOAD_BYTES);
        for (long i = 0; i < records; i++) {
            if (!sink.record(payloads.at(i), PATIENCE)) {
                throw new IllegalStateException("refused: " + sink.stats());
            }
        }
        while (sink.stats().rows() < records) {
            Thread.sleep(POLL_MS);
        }
        Runtime.getRuntime().halt(0);
    }

    private void put(String key, long nanos) {
        System.out.println(name + "." + key + "=" + String.format(Locale.ROOT, "%.4f", nanos / NS_PER_MS));
    }
}
