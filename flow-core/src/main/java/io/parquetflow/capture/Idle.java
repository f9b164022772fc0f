package io.parquetflow.capture;

import io.parquetflow.spi.WaitMode;
import java.util.concurrent.locks.LockSupport;

/**
 * What the writer thread does while there is nothing to do. Sleeping gets longer step by step: a burst finds it awake,
 * a quiet night costs less than 1 % of a core. Producers never wake it: that would be a system call in their path.
 *
 * <p>Not thread-safe: the writer thread's.
 */
@SuppressWarnings("ThreadPriorityCheck") // yielding is a hint here, nothing depends on it
final class Idle {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long SHORTEST_PARK_NS = 50_000;
    /** At 10 million records a second of 128 bytes, a ring of 32 MiB lasts 26 ms. */
    private static final long LONGEST_PARK_NS = 2_000_000;

    private final WaitMode mode;
    private int rounds;
    private long parkNs = SHORTEST_PARK_NS;

    Idle(WaitMode mode) {
        this.mode = mode;
    }

    void busy() {
        rounds = 0;
        parkNs = SHORTEST_PARK_NS;
    }

    void pause() {
        switch (mode) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case SLEEP -> sleepALittleLonger();
        }
    }

    private void sleepALittleLonger() {
        if (rounds < SPINS) {
            rounds++;
            Thread.onSpinWait();
        } else if (rounds < SPINS + YIELDS) {
            rounds++;
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, parkNs);
            Thread.interrupted(); // or every park from here on would return at once
            parkNs = Math.min(LONGEST_PARK_NS, parkNs + parkNs / 4);
        }
    }
}
