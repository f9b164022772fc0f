package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A growing piece of direct memory, little endian as Parquet is, so that codecs and the kernel take the bytes without a
 * copy on the heap. Used again for page after page: it grows to the largest and stays there.
 *
 * <p>Not thread-safe.
 */
public final class DirectBytes {
    /** Views of the memory from byte 0, 1, 2 ... on: numbers begin anywhere, and a view for each page would be garbage. */
    private final IntBuffer[] ints = new IntBuffer[Integer.BYTES];

    private final LongBuffer[] longs = new LongBuffer[Long.BYTES];
    private final FloatBuffer[] floats = new FloatBuffer[Float.BYTES];
    private final DoubleBuffer[] doubles = new DoubleBuffer[Double.BYTES];

    private ByteBuffer memory;
    private int size;

    /**
     * Takes memory.
     *
     * @param capacity bytes to begin with
     */
    public DirectBytes(int capacity) {
        memory = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The memory; its position and limit mean nothing and may be moved.
     *
     * @return valid until the next call that may grow it
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * Bytes in use.
     *
     * @return 0 to {@link #capacity}
     */
    public int size() {
        return size;
    }

    /**
     * Bytes taken from the machine.
     *
     * @return bytes
     */
    public int capacity() {
        return memory.capacity();
    }

    /** Empties it, and makes all of it writable again: a write that failed leaves the limit where it was. */
    void clear() {
        memory.clear();
        size = 0;
    }

    void cutTo(int newSize) {
        size = newSize;
    }

    /** Room for so many more bytes; the old memory is left to the garbage collector, so grow by doubling. */
    void ensure(int more) {
        long needed = (long) size + more;
        if (needed <= memory.capacity()) {
            return;
        }
        if (needed > Integer.MAX_VALUE - 64) {
            throw new IllegalStateException("a column chunk cannot be larger than 2 GiB: bytes=" + needed);
        }
        int doubled = (int) Math.min(Integer.MAX_VALUE - 64, Math.max(needed, 2L * memory.capacity()));
        ByteBuffer larger = ByteBuffer.allocateDirect(doubled).order(ByteOrder.LITTLE_ENDIAN);
        larger.put(0, memory, 0, size);
        memory = larger;
        Arrays.fill(ints, null);
        Arrays.fill(longs, null);
        Arrays.fill(floats, null);
        Arrays.fill(doubles, null);
    }

    void skip(int bytes) {
        ensure(bytes);
        size += bytes;
    }

    void putByte(int b) {
        ensure(1);
        memory.put(size++, (byte) b);
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        memory.putInt(size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        memory.putLong(size, value);
        size += Long.BYTES;
    }

    void put(ByteBuffer from, int at, int length) {
        ensure(length);
        memory.put(size, from, at, length);
        size += length;
    }

    void put(byte[] from, int at, int length) {
        ensure(length);
        memory.put(size, from, at, length);
        size += length;
    }

    void putInts(int[] from, int count) {
        int at = take(count, Integer.BYTES);
        int phase = at % Integer.BYTES;
        if (ints[phase] == null) {
            ints[phase] = from(phase).asIntBuffer();
        }
        ints[phase].put(at / Integer.BYTES, from, 0, count);
    }

    void putLongs(long[] from, int count) {
        int at = take(count, Long.BYTES);
        int phase = at % Long.BYTES;
        if (longs[phase] == null) {
            longs[phase] = from(phase).asLongBuffer();
        }
        longs[phase].put(at / Long.BYTES, from, 0, count);
    }

    void putFloats(float[] from, int count) {
        int at = take(count, Float.BYTES);
        int phase = at % Float.BYTES;
        if (floats[phase] == null) {
            floats[phase] = from(phase).asFloatBuffer();
        }
        floats[phase].put(at / Float.BYTES, from, 0, count);
    }

    void putDoubles(double[] from, int count) {
        int at = take(count, Double.BYTES);
        int phase = at % Double.BYTES;
        if (doubles[phase] == null) {
            doubles[phase] = from(phase).asDoubleBuffer();
        }
        doubles[phase].put(at / Double.BYTES, from, 0, count);
    }

    /** The next {@code count} numbers' place, which is in use from now on. */
    private int take(int count, int width) {
        int at = size;
        skip(Math.multiplyExact(count, width));
        return at;
    }

    private ByteBuffer from(int at) {
        return memory.slice(at, memory.capacity() - at).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** ULEB128. */
    void putVarint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            memory.put(size++, (byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        memory.put(size++, (byte) rest);
    }

    /** ULEB128 of the zigzag form. */
    void putZigZag(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }
}
