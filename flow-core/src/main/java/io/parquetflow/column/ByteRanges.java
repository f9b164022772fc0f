package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * Comparison and copies of pieces of little endian memory, eight bytes at a time.
 *
 * <p>Thread-safe: stateless.
 */
final class ByteRanges {
    /** From here on a bulk copy, with all that it checks first, is faster. */
    private static final int LONG = 64;

    private ByteRanges() {}

    /** Copies a value, which is short more often than not. */
    static void copy(ByteBuffer from, int at, ByteBuffer to, int toAt, int length) {
        if (length >= LONG) {
            to.put(toAt, from, at, length);
        } else if (length >= Long.BYTES) {
            for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
                to.putLong(toAt + i, from.getLong(at + i));
            }
            // The last eight may overlap those before them.
            int last = length - Long.BYTES;
            to.putLong(toAt + last, from.getLong(at + last));
        } else {
            for (int i = 0; i < length; i++) {
                to.put(toAt + i, from.get(at + i));
            }
        }
    }

    /** Bytes that two pieces have in common from their start, {@code length} at most. */
    static int mismatch(ByteBuffer a, int aAt, ByteBuffer b, int bAt, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            long difference = a.getLong(aAt + i) ^ b.getLong(bAt + i);
            if (difference != 0) {
                return i + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        while (i < length && a.get(aAt + i) == b.get(bAt + i)) {
            i++;
        }
        return i;
    }

    /** Unsigned, byte by byte; what is a prefix of the other is less. */
    static int compareUnsigned(ByteBuffer memory, int a, int lengthA, int b, int lengthB) {
        int common = Math.min(lengthA, lengthB);
        int at = mismatch(memory, a, memory, b, common);
        return at == common
                ? Integer.compare(lengthA, lengthB)
                : (memory.get(a + at) & 0xff) - (memory.get(b + at) & 0xff);
    }

    /** As two's complement numbers, big endian, of any length: the shorter one is continued to the front by its sign. */
    static int compareSigned(ByteBuffer memory, int a, int lengthA, int b, int lengthB) {
        int signA = sign(memory, a, lengthA);
        int signB = sign(memory, b, lengthB);
        if (signA != signB) {
            return signA == 0 ? 1 : -1;
        }
        int excessA = Math.max(0, lengthA - lengthB);
        int excessB = Math.max(0, lengthB - lengthA);
        int front = compareToPadding(memory, a, excessA, signA) - compareToPadding(memory, b, excessB, signB);
        if (front != 0) {
            return front;
        }
        int common = Math.min(lengthA, lengthB);
        return compareUnsigned(memory, a + excessA, common, b + excessB, common);
    }

    /** What a number's missing bytes are: 0 or 0xff. */
    private static int sign(ByteBuffer memory, int at, int length) {
        return length > 0 && memory.get(at) < 0 ? 0xff : 0;
    }

    private static int compareToPadding(ByteBuffer memory, int at, int length, int padding) {
        for (int i = at; i < at + length; i++) {
            int difference = (memory.get(i) & 0xff) - padding;
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
