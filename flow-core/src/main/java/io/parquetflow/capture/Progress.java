package io.parquetflow.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the writer thread has done, for everybody to read: one writer, many readers, no lock. Numbers that belong
 * together are read together, by way of a version that is odd while they change.
 *
 * <p>Setters: the writer thread's. Readers: any thread.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
public final class Progress {
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(Progress.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by way of VERSION
    private long version;

    private long taken;
    private long nextPosition;
    private long bytesIn;
    private long abortedClaims;

    private volatile long writtenEnd;
    private volatile long journaledEnd;
    private volatile long durableEnd;
    private volatile long backlogBytes;
    private volatile long backlogSinceNs;
    private volatile String unsafe = "";
    private final Object recoveredLock = new Object();
    private volatile long recovered;
    private volatile long setAside;
    private volatile long rowsSealed;
    private volatile long bytesWritten;
    private volatile long segmentsSealed;
    private volatile long abandoned;
    private volatile long rejected;
    private volatile long rowsMade;
    private volatile long ringHighWater;
    private volatile long listenerErrors;
    private volatile String lastError = "";
    private volatile boolean degraded;
    private volatile boolean journalFailing;
    private volatile boolean surviving;
    private volatile long rotated;

    /**
     * Records taken out of the ring, and the position behind the last of them.
     *
     * @param records taken, aborted ones not counted
     * @param nextPosition where the writer thread reads next
     * @param bytesIn of payload
     * @param abortedClaims passed
     */
    public record Taken(long records, long nextPosition, long bytesIn, long abortedClaims) {}

    Progress() {}

    void taken(long records, long position, long bytes, long aborted) {
        long v = version;
        VERSION.setRelease(this, v + 1);
        VarHandle.storeStoreFence();
        taken = records;
        nextPosition = position;
        bytesIn = bytes;
        abortedClaims = aborted;
        VERSION.setRelease(this, v + 2);
    }

    /**
     * Reads what belongs together.
     *
     * @return a consistent state
     */
    public Taken taken() {
        while (true) {
            long before = (long) VERSION.getAcquire(this);
            Taken read = new Taken(taken, nextPosition, bytesIn, abortedClaims);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && (long) VERSION.getOpaque(this) == before) {
                return read;
            }
            Thread.onSpinWait();
        }
    }

    /** Everything in front of it is rows in pages or files, or was passed. */
    void written(long end) {
        writtenEnd = end;
    }

    /**
     * Everything in front of it is rows in pages or files, or was passed.
     *
     * @return a position of the ring
     */
    public long writtenEnd() {
        return writtenEnd;
    }

    /** Everything in front of the first is in the journal, of the second on the device. */
    void journaled(long end, long durable) {
        journaledEnd = end;
        durableEnd = durable;
    }

    /**
     * Everything in front of it is in the journal, or sealed.
     *
     * @return a position of the ring
     */
    public long journaledEnd() {
        return journaledEnd;
    }

    /**
     * Everything in front of it is on the device.
     *
     * @return a position of the ring
     */
    public long durableEnd() {
        return durableEnd;
    }

    void backlog(long bytes, long nanoTime) {
        if (bytes == 0) {
            backlogSinceNs = 0;
        } else if (backlogSinceNs == 0) {
            backlogSinceNs = nanoTime == 0 ? 1 : nanoTime;
        }
        backlogBytes = bytes;
    }

    /**
     * Bytes that are in the journal and not yet in columns.
     *
     * @return bytes
     */
    public long backlogBytes() {
        return backlogBytes;
    }

    /**
     * How long there has been a backlog without a break.
     *
     * @return nanoseconds, 0 without one
     */
    public long backlogAgeNs() {
        long since = backlogSinceNs;
        return since == 0 ? 0 : Math.max(0, System.nanoTime() - since);
    }

    void recovered(long records, int filesSetAside) {
        synchronized (recoveredLock) { // once a dead writer
            recovered += records;
            setAside += filesSetAside;
        }
    }

    /**
     * Records of dead writers that this opening recovered.
     *
     * @return a count
     */
    public long recovered() {
        return recovered;
    }

    /**
     * Files of dead writers that could not be understood and were set aside.
     *
     * @return a count
     */
    public long setAside() {
        return setAside;
    }

    void unsafe(String reason) {
        unsafe = reason;
    }

    /**
     * Why accepted records would not survive the death of the process.
     *
     * @return empty when they would
     */
    public String unsafe() {
        return unsafe;
    }

    void sealed(long rows, long bytes) {
        rowsSealed = rowsSealed + rows;
        bytesWritten = bytesWritten + bytes;
        segmentsSealed = segmentsSealed + 1;
    }

    void abandoned(long records) {
        abandoned = abandoned + records;
    }

    void rowsMade(long rows) {
        rowsMade = rows;
    }

    /**
     * Rows made of records, in pages or files.
     *
     * @return a count
     */
    public long rowsMade() {
        return rowsMade;
    }

    void rejectedOne() {
        rejected = rejected + 1;
    }

    void ringFill(long blocks) {
        if (blocks > ringHighWater) {
            ringHighWater = blocks;
        }
    }

    void listenerError() {
        listenerErrors = listenerErrors + 1;
    }

    void degraded(boolean now, String error) {
        degraded = now;
        if (!error.isEmpty()) {
            error(error);
        }
    }

    /** Beside {@link #degraded}: either may be over while the other is not. */
    void journalFailing(boolean now) {
        journalFailing = now;
    }

    /** As {@link #journalFailing}: the writer thread met with what it did not expect, and goes on. */
    void surviving(boolean now) {
        surviving = now;
    }

    void error(String error) {
        lastError = error;
    }

    void rotated(long request) {
        rotated = request;
    }

    /**
     * Records that a decoder could not make rows of.
     *
     * @return a count
     */
    public long rejected() {
        return rejected;
    }

    /**
     * Rows in sealed segments.
     *
     * @return a count
     */
    public long rowsSealed() {
        return rowsSealed;
    }

    /**
     * Bytes of sealed segments.
     *
     * @return bytes
     */
    public long bytesWritten() {
        return bytesWritten;
    }

    /**
     * Sealed segments.
     *
     * @return a count
     */
    public long segmentsSealed() {
        return segmentsSealed;
    }

    /** Accepted records that the writer thread gave up. */
    long abandoned() {
        return abandoned;
    }

    /**
     * The ring at its fullest.
     *
     * @return blocks
     */
    public long ringHighWater() {
        return ringHighWater;
    }

    /**
     * Listener calls that threw.
     *
     * @return a count
     */
    public long listenerErrors() {
        return listenerErrors;
    }

    /**
     * The last fault.
     *
     * @return its message, empty when there was none
     */
    public String lastError() {
        return lastError;
    }

    /**
     * Whether writing fails for the moment.
     *
     * @return true from the first failed attempt to the next good one
     */
    public boolean isDegraded() {
        return degraded || journalFailing || surviving;
    }

    /**
     * The newest request to rotate that is done.
     *
     * @return its number
     */
    public long rotated() {
        return rotated;
    }
}
