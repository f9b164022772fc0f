package io.parquetflow.column;

import java.util.Arrays;

/**
 * A growing list of numbers without objects.
 *
 * <p>Not thread-safe.
 */
final class LongList {
    private static final int FIRST = 8;

    private long[] values = new long[FIRST];
    private int size;

    int size() {
        return size;
    }

    long get(int i) {
        return values[i];
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, TypedValues.grown(size, size + 1));
        }
        values[size++] = value;
    }

    void clear() {
        size = 0;
    }

    long sum() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return sum;
    }

    long memoryBytes() {
        return (long) values.length * Long.BYTES;
    }
}
