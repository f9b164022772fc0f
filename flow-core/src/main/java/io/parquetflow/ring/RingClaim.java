package io.parquetflow.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One thread's claim on a piece of the slab, filled in place. There is one such object a thread, used again and again.
 *
 * <p>Confined to its thread, but for aborting, once that thread is dead.
 */
public final class RingClaim {
    private static final long NONE = -1;
    private static final VarHandle POSITION;

    static {
        try {
            POSITION = MethodHandles.lookup().findVarHandle(RingClaim.class, "position", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CaptureRing ring;
    private final ByteBuffer memory;
    final Thread owner;
    private long position = NONE;
    private int stream;
    private int length;
    private boolean source;
    private int recordAt;
    private int payloadAt;

    private RingClaim(CaptureRing ring, Thread owner) {
        this.ring = ring;
        this.memory = ring.slab.memory;
        this.owner = owner;
    }

    /**
     * A claim for the calling thread, known to the ring from now on.
     *
     * @param ring the ring
     * @return a claim that is not open
     */
    public static RingClaim forThisThread(CaptureRing ring) {
        RingClaim claim = new RingClaim(ring, Thread.currentThread());
        ring.claims.add(claim);
        return claim;
    }

    /**
     * Opens it.
     *
     * @param stream 0 to 65,535
     * @param drops the stream's counters
     * @param tsNs epoch nanoseconds
     * @param sourceNs the caller's other clock, or {@link CaptureRing#NO_TIME}
     * @param length bytes, at most the ring's largest payload
     * @return the record's position, or {@link CaptureRing#NO_ROOM}
     */
    public long open(int stream, DropCounters drops, long tsNs, long sourceNs, int length) {
        boolean withSource = sourceNs != CaptureRing.NO_TIME;
        this.stream = stream;
        this.length = length;
        this.source = withSource;
        long claimed = ring.claim(ring.slab.blocksFor(length, withSource));
        if (claimed < 0) {
            return CaptureRing.NO_ROOM;
        }
        POSITION.setRelease(this, claimed);
        recordAt = ring.slab.offset(claimed);
        payloadAt = ring.putHeader(recordAt, stream, drops.lost(), tsNs, sourceNs, withSource, length);
        return claimed;
    }

    /**
     * Whether there is something to commit or abort.
     *
     * @return true between {@link #open} and {@link #commit} or {@link #abort}
     */
    public boolean isOpen() {
        return (long) POSITION.getOpaque(this) != NONE;
    }

    /**
     * The record's position.
     *
     * @return a position, or -1 when not open
     */
    public long position() {
        return position;
    }

    /**
     * Where the payload goes.
     *
     * @return index into {@link #memory}
     */
    public int payloadAt() {
        return payloadAt;
    }

    /**
     * The slab.
     *
     * @return its memory; only the claim's own part may be written
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * The claim's part of the slab.
     *
     * @return a new view, position 0, limit the claimed length, little endian
     */
    public ByteBuffer view() {
        return memory.slice(payloadAt, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The claimed length.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    /**
     * Makes it a record.
     *
     * @param used bytes of the payload that count, at most the claimed length
     */
    public void commit(int used) {
        long p = position;
        POSITION.setRelease(this, NONE);
        if (used < length) {
            shorten(p, used);
        }
        ring.slab.markerRelease(recordAt, ring.marker.at(p));
    }

    private void shorten(long p, int used) {
        int claimed = ring.slab.blocksFor(length, source);
        int needed = ring.slab.blocksFor(used, source);
        if (needed < claimed) {
            ring.pad(p + needed, claimed - needed);
        }
        memory.putInt(recordAt + Slab.LENGTH, used);
    }

    /** Makes it nothing. */
    public void abort() {
        long p = position;
        POSITION.setRelease(this, NONE);
        ring.abort(p, stream, length, source);
    }

    /** For the writer thread, when the owner is dead and so cannot be writing any more. */
    boolean abortOfTheDead() {
        if ((long) POSITION.getAcquire(this) == NONE) {
            return false;
        }
        abort();
        return true;
    }
}
