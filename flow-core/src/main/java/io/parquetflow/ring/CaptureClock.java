package io.parquetflow.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * Our time: epoch nanoseconds that do not cost a system call, {@code nanoTime} plus an offset. The writer thread
 * recalibrates the offset; a difference above {@link #STEP_NS} counts as a step of the wall clock.
 *
 * <p>{@link #nowNs} on any thread; {@link #recalibrate} on one.
 */
public final class CaptureClock {
    /** Above what NTP slews between two looks; below what anybody would call a jump. */
    private static final long STEP_NS = 1_000_000;

    private static final VarHandle OFFSET;

    static {
        try {
            OFFSET = MethodHandles.lookup().findVarHandle(CaptureClock.class, "offsetNs", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by way of OFFSET
    private long offsetNs;

    private long recalibrations;
    private long steps;
    private long largestStepNs;

    /** Reads both clocks once. */
    public CaptureClock() {
        OFFSET.setVolatile(this, measure());
    }

    /**
     * The time.
     *
     * @return nanoseconds since the epoch, as the wall clock had it at the last calibration plus what has passed
     */
    public long nowNs() {
        return System.nanoTime() + (long) OFFSET.getOpaque(this);
    }

    /** Takes the wall clock's word for it again. One thread. */
    public void recalibrate() {
        long before = (long) OFFSET.getOpaque(this);
        long measured = measure();
        long step = Math.abs(measured - before);
        recalibrations++;
        if (step > STEP_NS) {
            steps++;
            largestStepNs = Math.max(largestStepNs, step);
        }
        OFFSET.setRelease(this, measured);
    }

    /**
     * How this clock did, for the footer. The thread that recalibrates.
     *
     * @return key=value pairs
     */
    public String summary() {
        return "source=nanoTime+offset, recalibrations=" + recalibrations + ", steps=" + steps + ", largest_step_ns="
                + largestStepNs;
    }

    /** The narrowest of a few brackets, so that a descheduled thread does not shift all times. */
    private static long measure() {
        long bestWidth = Long.MAX_VALUE;
        long bestOffset = 0;
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            Instant now = Instant.now();
            long after = System.nanoTime();
            long width = after - before;
            if (width < bestWidth) {
                bestWidth = width;
                bestOffset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - (before + width / 2);
            }
        }
        return bestOffset;
    }
}
