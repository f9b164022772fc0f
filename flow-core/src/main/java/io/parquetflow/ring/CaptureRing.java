package io.parquetflow.ring;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The ring between producers and the writer thread. Disruptor's multi-producer sequencer claims blocks and gates; the
 * slab holds the bytes; the marker is the only commit word. Nothing here waits: no room is an answer.
 *
 * <p>Positions count blocks from 0 and never repeat. A record lies at the position of its first block.
 *
 * <p>Thread-safe but for {@link #seal} and what {@link RingReader} does, which belong to the writer thread.
 */
public final class CaptureRing {
    /** Answer of the claiming calls when there is no room. */
    public static final long NO_ROOM = -1;

    /** Stands for a time that was not given. No clock reaches it: it is 292 years before the epoch. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** {@link #gate}: records are taken. */
    public static final int OPEN = 0;
    /** {@link #gate}: closed, or closing. */
    public static final int CLOSED = 1;
    /** {@link #gate}: the writer thread is gone for good. */
    public static final int FAILED = 2;

    private static final int COUNTERS_PER_CHUNK = 64;
    private static final int LARGEST_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    final Slab slab;
    final Marker marker;
    final Sequence released = new Sequence(-1);
    final OpenClaims claims = new OpenClaims();

    private final MultiProducerSequencer sequencer;
    private final int maxPayload;
    private final SlabFile file; // or null
    private final List<ByteBuffer> counterChunks = new ArrayList<>();
    private int streams;
    private volatile boolean countersInMemory;
    private volatile int gate = OPEN;
    private volatile long sealedEnd = Long.MAX_VALUE;

    /**
     * Makes a ring. The calling thread touches all its memory.
     *
     * @param ringBytes a power of two, at most 1 GiB
     * @param blockBytes a power of two, 64 or more
     * @param maxPayload bytes; a record of this size takes at most half the ring
     */
    public CaptureRing(int ringBytes, int blockBytes, int maxPayload) {
        this(ringBytes, blockBytes, maxPayload, Marker.random());
    }

    /**
     * Makes a ring whose records outlive the process.
     *
     * @param file its memory, which no other ring has
     * @throws IllegalStateException when another ring has it
     */
    public CaptureRing(SlabFile file) {
        this(file.take(), file.maxPayload(), file.marker(), file);
    }

    CaptureRing(int ringBytes, int blockBytes, int maxPayload, Marker marker) {
        this(anonymousSlab(ringBytes, blockBytes, maxPayload), maxPayload, marker, null);
    }

    private CaptureRing(Slab slab, int maxPayload, Marker marker, SlabFile file) {
        this.slab = slab;
        this.file = file;
        this.marker = marker;
        this.maxPayload = maxPayload;
        // The wait strategy is for barriers, which we do not use: the writer thread polls the markers.
        this.sequencer = new MultiProducerSequencer(slab.blocks, new BusySpinWaitStrategy());
        sequencer.addGatingSequences(released);
    }

    private static Slab anonymousSlab(int ringBytes, int blockBytes, int maxPayload) {
        String fault = Slab.fault(ringBytes, blockBytes, maxPayload);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        return Slab.anonymous(ringBytes, blockBytes, maxPayload);
    }

    /**
     * What a ring of this shape takes: the slab and the sequencer's own table. A slab that is a file takes a page more,
     * and 64 KiB for every 256 streams.
     *
     * @param ringBytes bytes
     * @param blockBytes bytes
     * @param maxPayload bytes
     * @return bytes
     */
    public static long memoryFor(long ringBytes, long blockBytes, long maxPayload) {
        return Slab.bytesFor(ringBytes, blockBytes, maxPayload) + ringBytes / blockBytes * Integer.BYTES;
    }

    /**
     * Counters for one more stream: in the slab's file, with its name, or in memory without a name. Takes a lock, may
     * make a file; not for the hot path.
     *
     * @param stream its number, 0 to 65,535
     * @param name its name
     * @return counters of their own cache line
     */
    public synchronized DropCounters newCounters(int stream, String name) {
        if (file != null) {
            DropCounters inFile = file.newCounters(stream, name);
            if (inFile != null) {
                return inFile;
            }
            countersInMemory = true;
        }
        int row = streams++ % COUNTERS_PER_CHUNK;
        if (row == 0) {
            counterChunks.add(ByteBuffer.allocateDirect((COUNTERS_PER_CHUNK + 1) * DropCounters.ROW_BYTES)
                    .alignedSlice(DropCounters.ROW_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
        return new DropCounters(counterChunks.get(counterChunks.size() - 1), row * DropCounters.ROW_BYTES);
    }

    /**
     * Whether a kill leaves names and counters of all streams behind. Records survive without them.
     *
     * @return false for a slab that is no file, and when a further table of streams could not be made
     */
    public boolean countersSurvive() {
        return file != null && !countersInMemory;
    }

    /** The file first: a producer that sees room writes over blocks that a reader of the file must not ask for any more. */
    void release(long end) {
        if (file != null) {
            file.release(end);
        }
        released.set(end - 1);
    }

    /**
     * The largest payload.
     *
     * @return bytes
     */
    public int maxPayload() {
        return maxPayload;
    }

    /**
     * Whether there was room a moment ago; a look before the caller pays for more than a look.
     *
     * @param length bytes of payload
     * @param source whether there is a source time
     * @return false when an offer now would find none
     */
    public boolean hasRoom(int length, boolean source) {
        return sequencer.hasAvailableCapacity(slab.blocksFor(length, source));
    }

    /**
     * Whether there was room a moment ago, and a part of the ring beside it.
     *
     * @param length bytes of payload
     * @param source whether there is a source time
     * @param percent of the ring, 0 to 99
     * @return false when an offer now would leave less than that
     */
    public boolean hasRoomBeside(int length, boolean source, int percent) {
        int kept = (int) ((long) slab.blocks * percent / 100);
        return sequencer.hasAvailableCapacity(slab.blocksFor(length, source) + kept);
    }

    /**
     * Puts a payload in, or does not.
     *
     * @param stream 0 to 65,535
     * @param drops the stream's counters, read for "drops before"
     * @param tsNs epoch nanoseconds
     * @param sourceNs the caller's other clock, or {@link #NO_TIME}
     * @param payload the bytes; at most {@link #maxPayload} of them
     * @param from index of the first byte
     * @param length how many
     * @return the record's position, or {@link #NO_ROOM}
     */
    public long offer(int stream, DropCounters drops, long tsNs, long sourceNs, byte[] payload, int from, int length) {
        boolean source = sourceNs != NO_TIME;
        int n = slab.blocksFor(length, source);
        long position = claim(n);
        if (position < 0) {
            return NO_ROOM;
        }
        int at = slab.offset(position);
        try {
            int payloadAt = putHeader(at, stream, drops.lost(), tsNs, sourceNs, source, length);
            slab.memory.put(payloadAt, payload, from, length);
        } catch (Throwable t) {
            abort(position, stream, length, source);
            throw t;
        }
        slab.markerRelease(at, marker.at(position));
        return position;
    }

    /**
     * Puts a payload in, or does not. The buffer's position and limit stay as they are.
     *
     * @param stream 0 to 65,535
     * @param drops the stream's counters, read for "drops before"
     * @param tsNs epoch nanoseconds
     * @param sourceNs the caller's other clock, or {@link #NO_TIME}
     * @param payload its bytes from {@code position} on are the payload
     * @param from index of the first byte
     * @param length how many, at most {@link #maxPayload}
     * @return the record's position, or {@link #NO_ROOM}
     */
    public long offer(
            int stream, DropCounters drops, long tsNs, long sourceNs, ByteBuffer payload, int from, int length) {
        boolean source = sourceNs != NO_TIME;
        int n = slab.blocksFor(length, source);
        long position = claim(n);
        if (position < 0) {
            return NO_ROOM;
        }
        int at = slab.offset(position);
        try {
            int payloadAt = putHeader(at, stream, drops.lost(), tsNs, sourceNs, source, length);
            slab.memory.put(payloadAt, payload, from, length);
        } catch (Throwable t) {
            // The caller moved the limit meanwhile, or the stack ends here.
            abort(position, stream, length, source);
            throw t;
        }
        slab.markerRelease(at, marker.at(position));
        return position;
    }

    long claim(int n) {
        if (!sequencer.hasAvailableCapacity(n)) {
            return NO_ROOM;
        }
        try {
            return sequencer.tryNext(n) - n + 1;
        } catch (InsufficientCapacityException e) {
            return NO_ROOM; // another producer took it in between
        }
    }

    int putHeader(int at, int stream, long dropsBefore, long tsNs, long sourceNs, boolean source, int length) {
        ByteBuffer m = slab.memory;
        // kind, flags and stream in one store
        int flags = source ? Slab.FLAG_SOURCE : 0;
        m.putInt(at + Slab.LENGTH, length);
        m.putInt(at + Slab.KIND, Slab.KIND_PAYLOAD | flags << 8 | stream << 16);
        m.putLong(at + Slab.TS, tsNs);
        m.putLong(at + Slab.DROPS_BEFORE, dropsBefore);
        if (source) {
            m.putLong(at + Slab.SOURCE, sourceNs);
            return at + Slab.HEADER_BYTES_WITH_SOURCE;
        }
        return at + Slab.HEADER_BYTES;
    }

    /** Fills the blocks that a claim took and its record does not need. */
    void pad(long position, int blocks) {
        int at = slab.offset(position);
        slab.memory.putInt(at + Slab.LENGTH, blocks * slab.blockBytes - Slab.HEADER_BYTES);
        slab.memory.putInt(at + Slab.KIND, Slab.KIND_PAYLOAD | Slab.FLAG_PADDING << 8);
        slab.markerRelease(at, marker.at(position));
    }

    /** Commits a record that is none, so that the writer thread gets past its blocks. */
    void abort(long position, int stream, int length, boolean source) {
        int at = slab.offset(position);
        int flags = Slab.FLAG_ABORTED | (source ? Slab.FLAG_SOURCE : 0);
        slab.memory.putInt(at + Slab.LENGTH, length);
        slab.memory.putInt(at + Slab.KIND, Slab.KIND_PAYLOAD | flags << 8 | stream << 16);
        slab.markerRelease(at, marker.at(position));
    }

    /**
     * Ends the claims of threads that died with one open.
     *
     * @return how many
     */
    public int abortClaimsOfTheDead() {
        return claims.abortDead();
    }

    /**
     * Whether producers should try at all. They may still get in after it has changed; {@link #seal} decides.
     *
     * @return {@link #OPEN}, {@link #CLOSED} or {@link #FAILED}
     */
    public int gate() {
        return gate;
    }

    /**
     * Tells producers not to try any more.
     *
     * @param reason {@link #CLOSED} or {@link #FAILED}
     */
    public void shut(int reason) {
        gate = reason;
    }

    /**
     * Shuts the entrance: from here on nothing is released, and all room that is left is claimed at once. Who got in
     * before is in front of the answer; whoever comes after finds no room. A flag alone would lose records: a producer
     * reads it, sleeps, and gets in after the last look.
     *
     * <p>The writer thread, which then drains up to the answer without releasing.
     *
     * @return the position behind the last record
     */
    public long seal() {
        if (gate == OPEN) {
            gate = CLOSED;
        }
        while (true) {
            int free = (int) sequencer.remainingCapacity();
            if (free <= 0) {
                sealedEnd = sequencer.getCursor() + 1;
                return sealedEnd;
            }
            try {
                sealedEnd = sequencer.tryNext(free) - free + 1;
                return sealedEnd;
            } catch (InsufficientCapacityException e) {
                Thread.onSpinWait(); // a producer was quicker; there are finitely many blocks left to be quick with
            }
        }
    }

    /**
     * Blocks claimed and not yet released.
     *
     * @return 0 to {@link #blocks}
     */
    public long usedBlocks() {
        return Math.max(0, Math.min(slab.blocks, claimedEnd() - 1 - released.get()));
    }

    /**
     * The ring's size.
     *
     * @return blocks
     */
    public int blocks() {
        return slab.blocks;
    }

    /**
     * The position behind the newest claim.
     *
     * @return a position; everything accepted before the call lies in front of it
     */
    public long claimedEnd() {
        return Math.min(sequencer.getCursor() + 1, sealedEnd);
    }

    /**
     * Counts committed records that wait in the ring, from any thread, while others write.
     *
     * @param from the position the writer thread will read next
     * @return the records between there and the newest claim that are committed and not aborted
     */
    public long committedFrom(long from) {
        long end = claimedEnd();
        long count = 0;
        long position = from;
        while (position < end) {
            int at = slab.offset(position);
            if (slab.markerAcquire(at) != marker.at(position)) {
                position++; // claimed and not committed: the next record is the next block with its own marker
                continue;
            }
            int length = Math.min(Math.max(0, slab.memory.getInt(at + Slab.LENGTH)), LARGEST_ARRAY_LENGTH >>> 1);
            int flags = slab.memory.get(at + Slab.FLAGS);
            if ((flags & Slab.NO_RECORD) == 0) {
                count++;
            }
            position += slab.blocksFor(length, (flags & Slab.FLAG_SOURCE) != 0);
        }
        return count;
    }
}
