package io.parquetflow.ring;

/**
 * The records of a dead writer's slab in position order. As {@link RingReader}, but a claim that was never committed does
 * not stop it: behind one the next record is the next block with the marker that only its own position has. Nothing in
 * the slab is trusted.
 *
 * <p>Not thread-safe: one thread's.
 */
public final class SlabScan extends SlabRecord {
    private final Marker marker;
    private final int maxPayload;
    private final long limit;
    private long next;
    private long damaged;

    SlabScan(Slab slab, Marker marker, int maxPayload, long from) {
        super(slab);
        this.marker = marker;
        this.maxPayload = maxPayload;
        this.next = from;
        this.limit = from + slab.blocks;
        this.position = from;
    }

    /**
     * Moves to the next record, past blocks that hold none.
     *
     * @return false when there is no more
     */
    public boolean next() {
        while (next < limit) {
            int candidate = slab.offset(next);
            if (slab.markerAcquire(candidate) != marker.at(next)) {
                next++;
                continue;
            }
            int blocks = blocksOf(candidate);
            if (blocks == 0) {
                damaged++;
                next++;
                continue;
            }
            long here = next;
            next += blocks;
            int flagsHere = slab.memory.get(candidate + Slab.FLAGS);
            if ((flagsHere & Slab.NO_RECORD) == 0) {
                at = candidate;
                position = here;
                length = slab.memory.getInt(candidate + Slab.LENGTH);
                flags = flagsHere;
                return true;
            }
        }
        return false;
    }

    /** How many blocks the record at {@link #next} takes, or 0 when it cannot be one. */
    private int blocksOf(int candidate) {
        int size = slab.memory.getInt(candidate + Slab.LENGTH);
        int kind = slab.memory.get(candidate + Slab.KIND);
        int bits = slab.memory.get(candidate + Slab.FLAGS);
        // Padding has no largest payload, but it never takes more blocks than the claim that it was part of.
        long most = (bits & Slab.FLAG_PADDING) == 0
                ? maxPayload
                : Slab.tailBytes(slab.blockBytes, maxPayload) - Slab.HEADER_BYTES;
        if (kind != Slab.KIND_PAYLOAD || (bits & ~Slab.ALL_FLAGS) != 0 || size < 0 || size > most) {
            return 0;
        }
        int blocks = slab.blocksFor(size, (bits & Slab.FLAG_SOURCE) != 0);
        return next + blocks <= limit ? blocks : 0;
    }

    /**
     * The position behind the record.
     *
     * @return a position; everything in front of it has been looked at
     */
    public long end() {
        return next;
    }

    /**
     * Blocks passed that have a record's marker and cannot be one.
     *
     * @return a count, 0 unless somebody wrote over the slab
     */
    public long damaged() {
        return damaged;
    }
}
