package io.parquetflow.ring;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The mapped bytes of one file. A mapping is given back when its buffer is collected, not when it is closed, and a
 * small heap may not see a collection for hours: who opens sink after sink would fill the memory behind them. So what is
 * closed and not yet collected is counted for the whole JVM, as the JDK counts direct memory.
 *
 * <p>Thread-safe.
 */
final class MappedBytes implements Runnable {
    static final long MOST_UNCOLLECTED = 256L << 20;

    private static final long LONGEST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Object LOCK = new Object();
    private static long uncollected;

    private final long bytes;
    private boolean closed;
    private boolean collected;

    private MappedBytes(long bytes) {
        this.bytes = bytes;
    }

    /** Watches a mapping. The buffer that was mapped, not a slice: slices keep it, it does not keep them. */
    static MappedBytes of(ByteBuffer mapped) {
        MappedBytes made = new MappedBytes(mapped.capacity());
        CLEANER.register(mapped, made);
        return made;
    }

    /** Bytes that are closed and still mapped. */
    static long uncollected() {
        synchronized (LOCK) {
            return uncollected;
        }
    }

    /** Before so many bytes more are mapped: has what is closed collected, if it is too much. Waits 200 ms at most. */
    static void makeRoomFor(long more) {
        if (fits(more)) {
            return;
        }
        System.gc();
        long start = System.nanoTime();
        // An interrupted thread cannot park, and would burn its core instead.
        while (!fits(more)
                && System.nanoTime() - start < LONGEST_WAIT_NS
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private static boolean fits(long more) {
        long now = uncollected();
        return now == 0 || now + more <= MOST_UNCOLLECTED;
    }

    /** Nobody needs the mapping any more. */
    void close() {
        synchronized (LOCK) {
            if (!closed && !collected) {
                uncollected += bytes;
            }
            closed = true;
        }
    }

    /** The buffer was collected. */
    @Override
    public void run() {
        synchronized (LOCK) {
            if (closed && !collected) {
                uncollected -= bytes;
            }
            collected = true;
        }
    }
}
