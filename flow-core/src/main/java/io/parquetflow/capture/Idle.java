package io.parquetflow.capture;

import io.parquetflow.spi.WaitMode;
import java.util.concurrent.locks.LockSupport;

/**
 * What the writer thread does when it has emptied the ring. It sleeps as long as the ring has room for: longer step by step
 * while a look finds it almost empty, half as long when it does not. A quiet night costs less than 1 % of a core, and a
 * steady stream is taken in a few hundred wake-ups a second: on a machine whose cores are all taken, each of them
 * interrupts a producer. Producers never wake it: that would be a system call in their path.
 *
 * <p>It does not spin before it sleeps. A thread that spins on the marker of the next record takes that cache line, and the
 * one of the ring's cursor, away from the producer for every record.
 *
 * <p>Not thread-safe: the writer thread's.
 */
@SuppressWarnings("ThreadPriorityCheck") // yielding is a hint here, nothing depends on it
final class Idle {
    private static final long SHORTEST_PARK_NS = 50_000;
    /** At 10 million records a second of 128 bytes, a ring of 32 MiB lasts 26 ms. */
    private static final long LONGEST_PARK_NS = 4_000_000;

    /** A look that finds more than this share of the ring taken halves the sleep. */
    private static final int ROOMY = 32;

    private final WaitMode mode;
    private long parkNs = SHORTEST_PARK_NS;

    Idle(WaitMode mode) {
        this.mode = mode;
    }

    /** What a look at the ring found. */
    void found(long usedBlocks, long ringBlocks) {
        parkNs = usedBlocks > ringBlocks / ROOMY
                ? Math.max(SHORTEST_PARK_NS, parkNs / 2)
                : Math.min(LONGEST_PARK_NS, parkNs + parkNs / 4);
    }

    long parkNs() {
        return parkNs;
    }

    void pause() {
        switch (mode) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case SLEEP -> {
                LockSupport.parkNanos(this, parkNs);
                Thread.interrupted(); // or every park from here on would return at once
            }
        }
    }
}
