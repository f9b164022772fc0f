package io.parquetflow.bench.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the refused thread allocated in an iteration of millions of calls; JMH's own few bytes are in it. {@link Answers}
 * looks around each burst instead, which would be more than the call where a call is nanoseconds.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Refusals {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes the producer allocated. */
    public long producerBytes;

    private long before;

    /** Looks before. */
    @Setup(Level.Iteration)
    public void begin() {
        before = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Looks after. */
    @TearDown(Level.Iteration)
    public void end() {
        producerBytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
