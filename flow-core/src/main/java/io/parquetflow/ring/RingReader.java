package io.parquetflow.ring;

/**
 * The writer thread's view of the ring: one record after the other, in ring order, without an object for any.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class RingReader extends SlabRecord {
    private final CaptureRing ring;
    private final Marker marker;
    private long next;
    private long aborted;

    /**
     * Reads from the first record on.
     *
     * @param ring the ring
     */
    public RingReader(CaptureRing ring) {
        super(ring.slab);
        this.ring = ring;
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
     * Gives blocks back to the producers; a slab that is a file says first that they are not needed any more.
     *
     * @param end the position behind the last block that is not needed any more
     */
    public void releaseTo(long end) {
        ring.release(end);
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
}
