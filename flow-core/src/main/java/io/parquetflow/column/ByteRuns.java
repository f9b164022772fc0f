package io.parquetflow.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The RLE / bit-packing hybrid for values of a byte each, levels and booleans: the same bytes as {@link RleEncoder}
 * makes, found eight values at a time.
 *
 * <p>Thread-safe: stateless.
 */
final class ByteRuns {
    private static final int GROUP = 8;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Times a byte: that byte eight times. */
    private static final long EIGHT_TIMES = 0x0101010101010101L;
    /** Times eight bytes of 0 or 1: their bits side by side in the highest byte. Nothing is carried. */
    private static final long GATHER_BITS = 0x0102040810204080L;

    private ByteRuns() {}

    /** As booleans and the levels of data page V1 have it: four bytes of length, then the hybrid. */
    static void encodeWithLength(byte[] values, int count, int width, DirectBytes out) {
        int lengthAt = out.size();
        out.putInt(0);
        encode(values, count, width, out);
        out.memory().putInt(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }

    /** For values from 0 to {@code 2^width - 1}, width 0 to 7. */
    static void encode(byte[] values, int count, int width, DirectBytes out) {
        int worth = RleEncoder.worthOf(width);
        int i = 0;
        while (i < count) {
            int end = endOfRun(values, i, count);
            if (end - i >= GROUP) {
                out.putVarint((long) (end - i) << 1);
                if (width > 0) {
                    out.putByte(values[i]);
                }
            } else {
                end = endOfPacked(values, i, count, worth);
                int groups = (end - i + GROUP - 1) / GROUP;
                out.putVarint(((long) groups << 1) | 1);
                pack(values, i, end, width, out);
                pad(i, end, width, out);
            }
            i = end;
        }
    }

    private static int endOfRun(byte[] values, int from, int count) {
        long run = values[from] * EIGHT_TIMES;
        int i = from;
        while (i + GROUP <= count && (long) WORD.get(values, i) == run) {
            i += GROUP;
        }
        while (i < count && values[i] == values[from]) {
            i++;
        }
        return i;
    }

    /** Whole groups up to the next run that is worth it; only the last group of all may be cut short. */
    private static int endOfPacked(byte[] values, int from, int count, int worth) {
        int end = from;
        do {
            end += GROUP;
        } while (end < count && !startsRun(values, end, count, worth));
        return Math.min(end, count);
    }

    private static boolean startsRun(byte[] values, int at, int count, int worth) {
        if (at + worth > count) {
            return false;
        }
        long run = values[at] * EIGHT_TIMES;
        for (int i = at; i < at + worth; i += GROUP) {
            if ((long) WORD.get(values, i) != run) {
                return false;
            }
        }
        return true;
    }

    /** Bit by bit, least significant first, as many bytes as it takes. */
    static void pack(byte[] values, int from, int to, int width, DirectBytes out) {
        int bytes = (int) (((long) (to - from) * width + Byte.SIZE - 1) / Byte.SIZE);
        // A whole word is stored at a time.
        out.ensure(bytes + Long.BYTES);
        ByteBuffer memory = out.memory();
        int at = out.size();
        int end = at + bytes;
        int i = from;
        for (; i + GROUP <= to; i += GROUP) {
            memory.putLong(at, width == 1 ? bits((long) WORD.get(values, i)) : group(values, i, GROUP, width));
            at += width;
        }
        if (i < to) {
            memory.putLong(at, group(values, i, to - i, width));
        }
        out.cutTo(end);
    }

    private static long bits(long bytes) {
        return (bytes * GATHER_BITS) >>> 56;
    }

    private static long group(byte[] values, int from, int n, int width) {
        long word = 0;
        for (int j = 0; j < n; j++) {
            word |= (long) values[from + j] << (j * width);
        }
        return word;
    }

    /** A group that is cut short has all its bytes nevertheless. */
    private static void pad(int from, int to, int width, DirectBytes out) {
        int values = to - from;
        int whole = (values + GROUP - 1) / GROUP * width;
        int packed = (values * width + Byte.SIZE - 1) / Byte.SIZE;
        for (int i = packed; i < whole; i++) {
            out.putByte(0);
        }
    }
}
