package io.parquetflow.bench.jmh;

import io.parquetflow.Claim;
import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.bench.sink.Payloads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The accept path alone. A producer that calls as fast as it can is faster than any writer thread, so that an endless
 * loop would measure a ring that is full. Here an invocation is a burst that fits into the ring, and before each the ring
 * is drained, outside of what is timed: every call is accepted, and one that is not fails the iteration.
 *
 * <p>{@link Level#Invocation} is right here because an invocation takes milliseconds: JMH's two readings of the clock for
 * each are nothing. The writer thread runs meanwhile, as it does in life.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
@State(Scope.Benchmark)
public class AcceptBenchmark {
    /** Of 384 bytes with header in blocks: 18 MiB of the ring's 32. */
    private static final int BURST = 50_000;

    private static final int SIZE = 256;
    private static final int PAYLOADS = 64;

    private final Payloads payloads = new Payloads(PAYLOADS, SIZE);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(SIZE);
    private BenchSink bench;
    private LogSink sink;
    private long tsNs;

    /**
     * Opens the sink.
     *
     * @throws IOException when the directory cannot be used
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        direct.put(payloads.at(0)).flip();
        bench = new BenchSink();
        sink = bench.sink;
    }

    /** Empties the ring. */
    @Setup(Level.Invocation)
    public void drain() {
        bench.drain();
        tsNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    /**
     * Closes the sink and checks the numbers.
     *
     * @throws IOException when the directory cannot be deleted
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        bench.close();
    }

    private static void count(Answers answers, int accepted) {
        answers.end(accepted, BURST - accepted);
        if (accepted != BURST) {
            throw new IllegalStateException("refused=" + (BURST - accepted) + ": this is not the accept path alone");
        }
    }

    /**
     * An array, our clock.
     *
     * @param answers counters
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void arrayOurClock(Answers answers) {
        answers.begin();
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += sink.tryRecord(payloads.at(i)) ? 1 : 0;
        }
        count(answers, accepted);
    }

    /**
     * An array, the caller's time.
     *
     * @param answers counters
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void arrayCallersClock(Answers answers) {
        answers.begin();
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += sink.tryRecord(payloads.at(i), 0, SIZE, tsNs + i, Recorder.NO_SOURCE) ? 1 : 0;
        }
        count(answers, accepted);
    }

    /**
     * A direct buffer, the caller's time.
     *
     * @param answers counters
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void directBufferCallersClock(Answers answers) {
        answers.begin();
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            accepted += sink.tryRecord(direct, tsNs + i, Recorder.NO_SOURCE) ? 1 : 0;
        }
        count(answers, accepted);
    }

    /**
     * A claim that is filled in place, the caller's time.
     *
     * @param answers counters
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void claimCallersClock(Answers answers) {
        answers.begin();
        int accepted = 0;
        for (int i = 0; i < BURST; i++) {
            Claim claim = sink.tryClaim(SIZE, tsNs + i, Recorder.NO_SOURCE);
            if (claim != null) {
                claim.putBytes(0, payloads.at(i), 0, SIZE).commit();
                accepted++;
            }
        }
        count(answers, accepted);
    }
}
