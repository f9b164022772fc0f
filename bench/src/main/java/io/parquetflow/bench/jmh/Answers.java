package io.parquetflow.bench.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the calls of an iteration were answered, and what the calling thread allocated for it. The allocation profiler
 * counts all threads, so that its figure is the writer thread's bytes as well; this one is the producer's alone.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Answers {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Calls answered with yes. */
    public long accepted;
    /** Calls answered with no. */
    public long refused;
    /** Bytes the producer allocated in its calls. */
    public long producerBytes;

    private long before;

    /** JMH forgets the counters between iterations only if we do. */
    @Setup(Level.Iteration)
    public void reset() {
        accepted = 0;
        refused = 0;
        producerBytes = 0;
    }

    void begin() {
        before = THREADS.getCurrentThreadAllocatedBytes();
    }

    void end(long yes, long no) {
        producerBytes += THREADS.getCurrentThreadAllocatedBytes() - before;
        accepted += yes;
        refused += no;
    }
}
