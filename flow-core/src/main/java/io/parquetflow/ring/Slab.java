package io.parquetflow.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ring's memory: blocks, plus a tail of one largest record, so that a record that starts in the last block is as
 * contiguous as any other.
 *
 * <pre>
 *  first block of a record
 *  0        8        12     13      14       16       24             32
 *  +--------+--------+------+-------+--------+--------+--------------+-----------------------------------
 *  | marker | length | kind | flags | stream | ts ns  | drops before | [source ns, if flagged] payload ...
 *  +--------+--------+------+-------+--------+--------+--------------+-----------------------------------
 * </pre>
 *
 * <p>Little endian. Blocks start at multiples of 64, so that the marker is atomic. Memory is touched by the thread that
 * makes it. Thread-safe as far as {@link Marker} orders the accesses.
 */
final class Slab {
    static final int MARKER = 0;
    static final int LENGTH = 8;
    static final int KIND = 12;
    static final int FLAGS = 13;
    static final int STREAM = 14;
    static final int TS = 16;
    static final int DROPS_BEFORE = 24;
    static final int HEADER_BYTES = 32;
    static final int SOURCE = 32;
    static final int HEADER_BYTES_WITH_SOURCE = 40;

    static final byte FLAG_ABORTED = 1;
    static final byte FLAG_SOURCE = 2;
    static final byte FLAG_PADDING = 4;
    static final byte NO_RECORD = FLAG_ABORTED | FLAG_PADDING;
    static final byte ALL_FLAGS = FLAG_ABORTED | FLAG_SOURCE | FLAG_PADDING;
    static final byte KIND_PAYLOAD = 1;

    /** A cache line: no block shares one with its neighbour, and the marker never straddles two. */
    private static final int ALIGNMENT = 64;

    /** With its tail it can still be one buffer. */
    private static final int MOST_RING_BYTES = 1 << 30;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final ByteBuffer memory;
    final int blocks;
    final int blockBytes;
    private final int blockShift;
    private final int mask;

    /**
     * Lays blocks over memory.
     *
     * @param memory all zeros, or a dead writer's; ring and tail, at a multiple of 64
     * @param ringBytes a power of two
     * @param blockBytes a power of two, at least 64
     */
    Slab(ByteBuffer memory, int ringBytes, int blockBytes) {
        this.blockBytes = blockBytes;
        this.blocks = ringBytes / blockBytes;
        this.blockShift = Integer.numberOfTrailingZeros(blockBytes);
        this.mask = blocks - 1;
        this.memory = memory.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes memory without a name, all zeros, whose tail takes a largest payload. */
    static Slab anonymous(int ringBytes, int blockBytes, int maxPayload) {
        ByteBuffer memory = ByteBuffer.allocateDirect(Math.toIntExact(bytesFor(ringBytes, blockBytes, maxPayload)))
                .alignedSlice(ALIGNMENT);
        return new Slab(memory, ringBytes, blockBytes);
    }

    /**
     * What is wrong with these sizes.
     *
     * @return a message, or null when they fit
     */
    static String fault(int ringBytes, int blockBytes, int maxPayload) {
        String sizes = ": ring-bytes=" + ringBytes + ", block-bytes=" + blockBytes + ", max-payload=" + maxPayload;
        if (blockBytes < ALIGNMENT || Integer.bitCount(blockBytes) != 1) {
            return "block-bytes must be a power of two, " + ALIGNMENT + " or more" + sizes;
        }
        if (ringBytes < blockBytes || ringBytes > MOST_RING_BYTES || Integer.bitCount(ringBytes) != 1) {
            return "ring-bytes must be a power of two, " + MOST_RING_BYTES + " at most" + sizes;
        }
        if (maxPayload < 0 || tailBytes(blockBytes, maxPayload) > ringBytes / 2) {
            return "the largest record must fit twice" + sizes;
        }
        return null;
    }

    /** A largest record. */
    static long tailBytes(long blockBytes, long maxPayload) {
        return (HEADER_BYTES_WITH_SOURCE + maxPayload + blockBytes - 1) / blockBytes * blockBytes;
    }

    static long bytesFor(long ringBytes, long blockBytes, long maxPayload) {
        return ringBytes + tailBytes(blockBytes, maxPayload) + ALIGNMENT;
    }

    int blocksFor(int length, boolean source) {
        int header = source ? HEADER_BYTES_WITH_SOURCE : HEADER_BYTES;
        return (header + length + blockBytes - 1) >>> blockShift;
    }

    int offset(long position) {
        return ((int) position & mask) << blockShift;
    }

    long markerAcquire(int at) {
        return (long) LONG.getAcquire(memory, at);
    }

    void markerRelease(int at, long marker) {
        LONG.setRelease(memory, at, marker);
    }
}
