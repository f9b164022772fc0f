package io.parquetflow.file;

import java.time.Duration;

/**
 * When a segment is to be sealed: bytes, rows, age, or the wall clock's mark, whichever comes first. Age is measured by
 * the monotonic clock, so that a jump of the wall clock costs at most one rotation.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class Rotation {
    private final long maxBytes;
    private final long maxRows;
    private final long intervalNs;
    private final boolean align;
    private long openedNanoTime;
    private long markEpochNs;

    /**
     * Sets the limits.
     *
     * @param maxBytes in the file
     * @param maxRows in the file
     * @param interval age
     * @param align whether age ends at multiples of the interval, UTC
     */
    public Rotation(long maxBytes, long maxRows, Duration interval, boolean align) {
        this.maxBytes = maxBytes;
        this.maxRows = maxRows;
        this.intervalNs = interval.toNanos();
        this.align = align;
    }

    /**
     * A segment begins.
     *
     * @param nanoTime monotonic
     * @param epochNs wall clock
     */
    public void opened(long nanoTime, long epochNs) {
        openedNanoTime = nanoTime;
        markEpochNs = align ? (Math.floorDiv(epochNs, intervalNs) + 1) * intervalNs : Long.MAX_VALUE;
    }

    /**
     * Whether a segment is old enough.
     *
     * @param nanoTime monotonic
     * @param epochNs wall clock
     * @return true when it is to be sealed
     */
    public boolean dueByTime(long nanoTime, long epochNs) {
        return nanoTime - openedNanoTime >= intervalNs || epochNs >= markEpochNs;
    }

    /**
     * Whether a segment is large enough.
     *
     * @param bytes in the file, with what is buffered for it
     * @return true when it is to be sealed
     */
    public boolean dueByBytes(long bytes) {
        return bytes >= maxBytes;
    }

    /**
     * Rows that a segment may still take.
     *
     * @param rows in it
     * @return 0 when it is to be sealed
     */
    public long rowsLeft(long rows) {
        return Math.max(0, maxRows - rows);
    }
}
