package io.parquetflow.bench.sink;

/**
 * Open-loop load: call {@code i} is due at {@code start + i / rate}, whatever became of the calls before. A stall makes
 * the calls behind it late, and their response time, counted from when they were due, says so.
 *
 * <p>The time before the call is the last look of the wait for it, so that the figure holds one reading of the clock and
 * the call. There is no pause instruction in the wait: on virtual machines it may leave the guest.
 *
 * <p>A run has a process of its own, in which one subclass is loaded, so that {@link #call} is inlined as it would be in
 * the user's loop.
 *
 * <p>Not thread-safe: the producer's.
 */
abstract class PacedLoop {
    /** Long enough for the compiler's normal entry, so that the figures are not those of an on-stack replacement. */
    private static final int CALLS_PER_CHUNK = 10_000;

    private static final long LEAD_NS = 1_000_000;
    private static final double NS_PER_SECOND = 1e9;

    private final boolean expected;
    private final Latencies latencies = new Latencies();
    private long calls;
    private long taken;

    /**
     * Makes it.
     *
     * @param expected the answer whose times are recorded
     */
    PacedLoop(boolean expected) {
        this.expected = expected;
    }

    /**
     * One call.
     *
     * @param i its number
     * @param nanoTime the time
     * @return whether the payload was taken
     */
    abstract boolean call(long i, long nanoTime);

    /** The answer whose times are recorded. */
    boolean expects() {
        return expected;
    }

    Latencies latencies() {
        return latencies;
    }

    /** Calls made since the beginning, warm-up and all. */
    long calls() {
        return calls;
    }

    /** Those of them that were answered with yes. */
    long taken() {
        return taken;
    }

    /**
     * Calls {@code rate} times a second.
     *
     * @return the rate that was reached
     */
    double run(long rate, double seconds) {
        long count = Math.max(1, Math.round(rate * seconds));
        double intervalNs = NS_PER_SECOND / rate;
        long start = System.nanoTime() + LEAD_NS;
        for (long from = 0; from < count; from += CALLS_PER_CHUNK) {
            chunk(start, intervalNs, from, Math.min(count, from + CALLS_PER_CHUNK));
        }
        double tookNs = System.nanoTime() - start;
        calls += count;
        return count / tookNs * NS_PER_SECOND;
    }

    private void chunk(long start, double intervalNs, long from, long to) {
        for (long i = from; i < to; i++) {
            long due = start + (long) (i * intervalNs);
            long before = System.nanoTime();
            while (before - due < 0) {
                before = System.nanoTime();
            }
            boolean answer = call(i, before);
            long after = System.nanoTime();
            taken += answer ? 1 : 0;
            if (answer == expected) {
                latencies.hit(after - before, after - due);
            } else {
                latencies.miss();
            }
        }
    }
}
