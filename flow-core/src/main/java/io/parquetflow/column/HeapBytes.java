package io.parquetflow.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing piece of heap memory, little endian. On the heap, because that is where a producer's values come from and
 * where the ring takes a payload from; {@link DirectBytes} is its sibling on the way to the file.
 *
 * <p>Grows by doubling and keeps what it has, so that staging row after row allocates nothing. How far it may grow is its
 * owner's business.
 *
 * <p>Not thread-safe.
 */
final class HeapBytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] array;
    private ByteBuffer view;
    private int size;

    HeapBytes(int capacity) {
        hold(new byte[capacity]);
    }

    private void hold(byte[] bytes) {
        array = bytes;
        view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Valid until the next call that may grow it. */
    byte[] array() {
        return array;
    }

    /** All of the memory; position and limit are to be left alone. Valid until the next call that may grow it. */
    ByteBuffer view() {
        return view;
    }

    int size() {
        return size;
    }

    void cutTo(int newSize) {
        size = newSize;
    }

    /** Empties it but for so many zeros. */
    void clear(int zeros) {
        size = 0;
        ensure(zeros);
        zero(0, zeros);
        size = zeros;
    }

    void zero(int from, int to) {
        Arrays.fill(array, from, to, (byte) 0);
    }

    /** Room for so many more bytes behind the size. */
    void ensure(int more) {
        if (size + (long) more > array.length) {
            long doubled = Math.max(size + (long) more, 2L * array.length);
            hold(Arrays.copyOf(array, Math.toIntExact(Math.min(doubled, Integer.MAX_VALUE - 64))));
        }
    }

    /** Writes inside the memory; the size does not change. */
    void setInt(int at, int value) {
        INT.set(array, at, value);
    }

    /** Writes inside the memory; the size does not change. */
    void setLong(int at, long value) {
        LONG.set(array, at, value);
    }

    void add(int value) {
        ensure(1);
        array[size++] = (byte) value;
    }

    void addInt(int value) {
        ensure(Integer.BYTES);
        setInt(size, value);
        size += Integer.BYTES;
    }

    void addLong(long value) {
        ensure(Long.BYTES);
        setLong(size, value);
        size += Long.BYTES;
    }

    void addAll(HeapBytes from) {
        addAll(from.array, 0, from.size);
    }

    void addAll(byte[] from, int at, int length) {
        ensure(length);
        System.arraycopy(from, at, array, size, length);
        size += length;
    }

    void addAll(ByteBuffer from, int at, int length) {
        ensure(length);
        from.get(at, array, size, length);
        size += length;
    }
}
