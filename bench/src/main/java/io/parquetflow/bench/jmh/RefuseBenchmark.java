package io.parquetflow.bench.jmh;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.bench.sink.FullRing;
import io.parquetflow.bench.sink.Payloads;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The refusal path alone, on a ring that another thread's open claim keeps full. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
@State(Scope.Benchmark)
public class RefuseBenchmark {
    private static final int SIZE = 256;

    private final byte[] payload = new Payloads(1, SIZE).at(0);
    private BenchSink bench;
    private LogSink sink;
    private FullRing full;
    private long tsNs;

    /**
     * Opens the sink and fills it.
     *
     * @throws IOException when the directory cannot be used
     * @throws InterruptedException when JMH gives up
     */
    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
        bench = new BenchSink();
        sink = bench.sink;
        full = new FullRing(sink, payload);
        tsNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    /**
     * Lets the ring drain, closes the sink and checks the numbers.
     *
     * @throws IOException when the directory cannot be deleted
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        full.close();
        bench.close();
    }

    private static void check(boolean accepted) {
        if (accepted) {
            throw new IllegalStateException("accepted: this is not the refusal path alone");
        }
    }

    /**
     * Our clock, which is read before the ring is asked.
     *
     * @param refusals counter
     */
    @Benchmark
    public void arrayOurClock(Refusals refusals) {
        check(sink.tryRecord(payload));
    }

    /**
     * The caller's time.
     *
     * @param refusals counter
     */
    @Benchmark
    public void arrayCallersClock(Refusals refusals) {
        check(sink.tryRecord(payload, 0, SIZE, tsNs, Recorder.NO_SOURCE));
    }
}
