package io.parquetflow.ring;

import java.nio.ByteBuffer;

/**
 * The writer thread's view of the ring: one record after the other, in ring order, without an object for any.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class RingReader {
    private final CaptureRing ring;
    private final Slab slab;
    private final Marker marker;
    private long next;
    private int at;
    private int length;
    private int flags;
    private long position;
    private long aborted;

    /**
     * Reads from the first record on.
     *
     * @param ring the ring
     */
    public RingReader(CaptureRing ring) {
        this.ring = ring;
        this.slab = ring.slab;
        this.marker = ring.marker;
    }

    /**
     * Moves to the next record, past aborted ones.
     *
     * @return false when the next record is not committed, or not there
     */
    public boolean next() {
        while (true) {
            int candidate = slab.offset(next);
            if (slab.markerAcquire(candidate) != marker.at(next)) {
                return false;
            }
            at = candidate;
            position = next;
            length = slab.memory.getInt(at + Slab.LENGTH);
            flags = slab.memory.get(at + Slab.FLAGS);
            next += slab.blocksFor(length, (flags & Slab.FLAG_SOURCE) != 0);
            if ((flags & Slab.NO_RECORD) == 0) {
                return true;
            }
            if ((flags & Slab.FLAG_ABORTED) != 0) {
                aborted++;
            }
        }
    }

    /**
     * Gives blocks back to the producers.
     *
     * @param end the position behind the last block that is not needed any more
     */
    public void releaseTo(long end) {
        ring.released.set(end - 1);
    }

    /**
     * The position that is read next.
     *
     * @return a position
     */
    public long nextPosition() {
        return next;
    }

    /**
     * Aborted claims passed so far.
     *
     * @return a count
     */
    public long aborted() {
        return aborted;
    }

    /**
     * The slab; the payload lies in it at {@link #payloadAt}.
     *
     * @return the slab's memory, not to be moved or written
     */
    public ByteBuffer slab() {
        return slab.memory;
    }

    /**
     * Where the payload begins.
     *
     * @return index into {@link #slab}
     */
    public int payloadAt() {
        return at + (hasSource() ? Slab.HEADER_BYTES_WITH_SOURCE : Slab.HEADER_BYTES);
    }

    /**
     * The payload's length.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    /**
     * The record's position.
     *
     * @return a position
     */
    public long position() {
        return position;
    }

    /**
     * The record's stream.
     *
     * @return 0 to 65,535
     */
    public int stream() {
        return slab.memory.getShort(at + Slab.STREAM) & 0xffff;
    }

    /**
     * The record's time.
     *
     * @return epoch nanoseconds
     */
    public long tsNs() {
        return slab.memory.getLong(at + Slab.TS);
    }

    /**
     * Whether the caller gave a time of its own beside ours.
     *
     * @return true when {@link #sourceNs} means something
     */
    public boolean hasSource() {
        return (flags & Slab.FLAG_SOURCE) != 0;
    }

    /**
     * The caller's other clock.
     *
     * @return nanoseconds
     */
    public long sourceNs() {
        return slab.memory.getLong(at + Slab.SOURCE);
    }

    /**
     * The stream's losses as the producer saw them.
     *
     * @return a count since the sink was opened
     */
    public long dropsBefore() {
        return slab.memory.getLong(at + Slab.DROPS_BEFORE);
    }
}
