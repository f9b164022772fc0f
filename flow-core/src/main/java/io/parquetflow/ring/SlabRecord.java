package io.parquetflow.ring;

import java.nio.ByteBuffer;

/**
 * The record that a reader of a slab stands on. One object for all records of a reader.
 *
 * <p>Not thread-safe: the reading thread's.
 */
public abstract class SlabRecord {
    final Slab slab;
    int at;
    int length;
    int flags;
    long position;

    SlabRecord(Slab slab) {
        this.slab = slab;
    }

    /**
     * The slab; the payload lies in it at {@link #payloadAt}.
     *
     * @return the slab's memory, not to be moved or written
     */
    public final ByteBuffer slab() {
        return slab.memory;
    }

    /**
     * Where the payload begins.
     *
     * @return index into {@link #slab}
     */
    public final int payloadAt() {
        return at + (hasSource() ? Slab.HEADER_BYTES_WITH_SOURCE : Slab.HEADER_BYTES);
    }

    /**
     * What kind of payload it is.
     *
     * @return 1: bytes as they were handed over
     */
    public final byte kind() {
        return slab.memory.get(at + Slab.KIND);
    }

    /**
     * The flags as they are in the slab.
     *
     * @return bits: 1 aborted, 2 with a source time, 4 padding
     */
    public final byte flags() {
        return (byte) flags;
    }

    /**
     * The payload's length.
     *
     * @return bytes
     */
    public final int length() {
        return length;
    }

    /**
     * The record's position.
     *
     * @return a position
     */
    public final long position() {
        return position;
    }

    /**
     * The record's stream.
     *
     * @return 0 to 65,535
     */
    public final int stream() {
        return slab.memory.getShort(at + Slab.STREAM) & 0xffff;
    }

    /**
     * The record's time.
     *
     * @return epoch nanoseconds
     */
    public final long tsNs() {
        return slab.memory.getLong(at + Slab.TS);
    }

    /**
     * Whether the caller gave a time of its own beside ours.
     *
     * @return true when {@link #sourceNs} means something
     */
    public final boolean hasSource() {
        return (flags & Slab.FLAG_SOURCE) != 0;
    }

    /**
     * The caller's other clock.
     *
     * @return nanoseconds
     */
    public final long sourceNs() {
        return slab.memory.getLong(at + Slab.SOURCE);
    }

    /**
     * The stream's losses as the producer saw them.
     *
     * @return a count since the sink was opened
     */
    public final long dropsBefore() {
        return slab.memory.getLong(at + Slab.DROPS_BEFORE);
    }
}
