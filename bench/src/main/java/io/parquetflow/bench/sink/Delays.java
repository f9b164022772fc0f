package io.parquetflow.bench.sink;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a disk and a compressor do that are too slow. {@code SlowDisk} plants the calls into flow-core; elsewhere nothing
 * calls them. Slow from {@link #begin} to {@link #end}: every force by two seconds, and once, as many pages as a row group
 * has, by a second together.
 *
 * <p>Thread-safe.
 */
public final class Delays {
    private static final long FORCE_NS = 2_000_000_000L;
    private static final long PAGE_NS = 62_000_000L;
    private static final int PAGES = 16;
    private static final double PAGES_AFTER_SECONDS = 5;
    private static final double NS_PER_SECOND = 1e9;

    private static final AtomicInteger FORCES = new AtomicInteger();
    private static final AtomicInteger PAGES_SO_FAR = new AtomicInteger();
    private static volatile boolean slow;
    private static volatile long pagesFromNs;

    private Delays() {}

    /**
     * From now on.
     *
     * @param seconds of the load: pages are delayed from the fifth second on, of a short one at once
     */
    public static void begin(double seconds) {
        double after = seconds < 2 * PAGES_AFTER_SECONDS ? 0 : PAGES_AFTER_SECONDS;
        pagesFromNs = System.nanoTime() + Math.round(after * NS_PER_SECOND);
        slow = true;
    }

    /** Nothing is delayed any more, and what is being delayed goes on. */
    public static void end() {
        slow = false;
    }

    /** In front of every force. */
    public static void force() {
        if (slow) {
            FORCES.incrementAndGet();
            delay(FORCE_NS);
        }
    }

    /** In front of every page that is compressed. */
    public static void page() {
        if (slow && System.nanoTime() - pagesFromNs >= 0 && PAGES_SO_FAR.get() < PAGES) {
            PAGES_SO_FAR.incrementAndGet();
            delay(PAGE_NS);
        }
    }

    /**
     * So many were delayed.
     *
     * @return forces
     */
    public static int forces() {
        return FORCES.get();
    }

    /**
     * So many were delayed.
     *
     * @return pages
     */
    public static int pages() {
        return PAGES_SO_FAR.get();
    }

    /** A park may end early. */
    private static void delay(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; slow && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 10_000_000));
        }
    }
}
