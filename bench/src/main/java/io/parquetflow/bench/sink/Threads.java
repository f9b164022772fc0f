package io.parquetflow.bench.sink;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * What threads allocate and how long they run, as the JVM counts it.
 *
 * <p>Thread-safe: stateless.
 */
final class Threads {
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String WRITER_PREFIX = "parquet-flow-";

    private Threads() {}

    /** The id of the writer thread of the sink of this name, of which there is one open. */
    static long writer(String sink) {
        for (ThreadInfo info : BEAN.getThreadInfo(BEAN.getAllThreadIds())) {
            if (info != null && info.getThreadName().equals(WRITER_PREFIX + sink)) {
                return info.getThreadId();
            }
        }
        throw new IllegalStateException("no writer thread: name=" + WRITER_PREFIX + sink);
    }

    /** Bytes the calling thread has allocated so far; asking allocates nothing. */
    static long allocatedHere() {
        return BEAN.getCurrentThreadAllocatedBytes();
    }

    static long allocated(long thread) {
        return BEAN.getThreadAllocatedBytes(thread);
    }

    static long cpuNs(long thread) {
        return BEAN.getThreadCpuTime(thread);
    }
}
