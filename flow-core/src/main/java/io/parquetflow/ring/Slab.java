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
 * makes the slab. Thread-safe as far as {@link Marker} orders the accesses.
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
    static final byte KIND_PAYLOAD = 1;

    /** A cache line: no block shares one with its neighbour, and the marker never straddles two. */
    private static final int ALIGNMENT = 64;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final ByteBuffer memory;
    final int blocks;
    final int blockBytes;
    private final int blockShift;
    private final int mask;

    /**
     * Takes anonymous memory, all zeros.
     *
     * @param ringBytes a power of two
     * @param blockBytes a power of two, at least 64
     * @param maxPayload the largest payload, which decides the length of the tail
     */
    Slab(int ringBytes, int blockBytes, int maxPayload) {
        this.blockBytes = blockBytes;
        this.blocks = ringBytes / blockBytes;
        this.blockShift = Integer.numberOfTrailingZeros(blockBytes);
        this.mask = blocks - 1;
        int tail = blocksFor(maxPayload, true) * blockBytes;
        this.memory = ByteBuffer.allocateDirect(Math.addExact(Math.addExact(ringBytes, tail), ALIGNMENT))
                .alignedSlice(ALIGNMENT)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    static long bytesFor(long ringBytes, long blockBytes, long maxPayload) {
        long tailBlocks = (HEADER_BYTES_WITH_SOURCE + maxPayload + blockBytes - 1) / blockBytes;
        return ringBytes + tailBlocks * blockBytes + ALIGNMENT;
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
