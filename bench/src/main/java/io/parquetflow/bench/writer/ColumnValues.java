package io.parquetflow.bench.writer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One column of one batch: levels, values without nulls on the heap, and the same values in direct memory, as they lie in a
 * PLAIN page but for the lengths of binaries.
 *
 * <p>Thread-safe: immutable, as long as nobody writes into the arrays.
 */
final class ColumnValues {
    private final Levels levels;
    private final int[] ints;
    private final long[] longs;
    private final byte[] bytes;
    private final int[] offsets;
    private final ByteBuffer memory;

    private ColumnValues(Levels levels, int[] ints, long[] longs, byte[] bytes, int[] offsets, ByteBuffer memory) {
        this.levels = levels;
        this.ints = ints;
        this.longs = longs;
        this.bytes = bytes;
        this.offsets = offsets;
        this.memory = memory.clear();
    }

    static ColumnValues ofInts(Levels levels, int[] ints) {
        ByteBuffer memory = direct((long) ints.length * Integer.BYTES);
        memory.asIntBuffer().put(ints);
        return new ColumnValues(levels, ints, null, null, null, memory);
    }

    static ColumnValues ofLongs(Levels levels, long[] longs) {
        ByteBuffer memory = direct((long) longs.length * Long.BYTES);
        memory.asLongBuffer().put(longs);
        return new ColumnValues(levels, null, longs, null, null, memory);
    }

    /** Value i is the bytes from {@code offsets[i]} to {@code offsets[i + 1]}. */
    static ColumnValues ofBinary(Levels levels, byte[] bytes, int[] offsets) {
        return new ColumnValues(
                levels, null, null, bytes, offsets, direct(bytes.length).put(bytes));
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    Levels levels() {
        return levels;
    }

    int[] ints() {
        return ints;
    }

    long[] longs() {
        return longs;
    }

    byte[] bytes() {
        return bytes;
    }

    int[] offsets() {
        return offsets;
    }

    boolean isBinary() {
        return bytes != null;
    }

    boolean isInts() {
        return ints != null;
    }

    /** All values, one after the other; a view of the reader's own. */
    ByteBuffer memory() {
        return memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    long payloadBytes() {
        return memory.capacity();
    }
}
