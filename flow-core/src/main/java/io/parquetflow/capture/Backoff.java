package io.parquetflow.capture;

/**
 * When to try again after a failure: at once, then after 10 ms, doubling up to a second.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Backoff {
    private static final long FIRST_NS = 10_000_000L;
    private static final long LONGEST_NS = 1_000_000_000L;

    private int failures;
    private long retryAtNs;

    boolean mayTry(long nowNs) {
        return failures == 0 || nowNs - retryAtNs >= 0;
    }

    int failures() {
        return failures;
    }

    void failed(long nowNs) {
        long delay = Math.min(LONGEST_NS, FIRST_NS << Math.min(failures, 10));
        failures++;
        retryAtNs = nowNs + delay;
    }

    /** True when there was something to get over. */
    boolean succeeded() {
        boolean was = failures > 0;
        failures = 0;
        return was;
    }
}
