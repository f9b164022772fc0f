package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * The RLE / bit-packing hybrid (Parquet format, Encodings, "Run Length Encoding / Bit-Packing Hybrid"), for levels and
 * dictionary indices. Values go in groups of 8, but for runs
 * of equal values: of 8 or more where no group is open, of {@link #worthOf} or more behind one.
 *
 * <p>Thread-safe: stateless.
 */
final class RleEncoder {
    private static final int GROUP = 8;
    private static final int LEAST_SAVED_BYTES = 8;

    private RleEncoder() {}

    /** Bits that an index up to {@code max} takes. */
    static int widthOf(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    static void encode(int[] values, int count, int width, DirectBytes out) {
        int i = 0;
        while (i < count) {
            int run = runAt(values, i, count);
            if (run >= GROUP) {
                repeated(values[i], run, width, out);
                i += run;
            } else {
                int end = endOfPacked(values, i, count, worthOf(width));
                packed(values, i, end, width, out);
                i = end;
            }
        }
    }

    private static int runAt(int[] values, int from, int count) {
        int i = from + 1;
        while (i < count && values[i] == values[from]) {
            i++;
        }
        return i - from;
    }

    /** Values that a run within packed groups has to have: two headers and a value are to be saved, and time. */
    static int worthOf(int width) {
        return GROUP * Math.max(1, (LEAST_SAVED_BYTES + width - 1) / Math.max(1, width));
    }

    /** Whole groups up to the next run that is worth it; only the last group of all may be cut short. */
    private static int endOfPacked(int[] values, int from, int count, int worth) {
        int end = from;
        while (end < count) {
            end = Math.min(count, end + GROUP);
            if (startsRun(values, end, count, worth)) {
                break;
            }
        }
        return end;
    }

    private static boolean startsRun(int[] values, int at, int count, int worth) {
        if (at + worth > count) {
            return false;
        }
        for (int i = at + 1; i < at + worth; i++) {
            if (values[i] != values[at]) {
                return false;
            }
        }
        return true;
    }

    private static void repeated(int value, int run, int width, DirectBytes out) {
        out.putVarint((long) run << 1);
        for (int shift = 0; shift < width; shift += 8) {
            out.putByte(value >>> shift);
        }
    }

    /** A word at a time; the last one may reach behind what it has to store. */
    private static void packed(int[] values, int from, int end, int width, DirectBytes out) {
        int groups = (end - from + GROUP - 1) / GROUP;
        out.putVarint(((long) groups << 1) | 1);
        int bytes = Math.multiplyExact(groups, width);
        out.ensure(bytes + Long.BYTES);
        ByteBuffer memory = out.memory();
        int at = out.size();
        long word = 0;
        int filled = 0;
        for (int i = from; i < end; i++) {
            long value = values[i];
            word |= value << filled;
            filled += width;
            if (filled >= Long.SIZE) {
                memory.putLong(at, word);
                at += Long.BYTES;
                filled -= Long.SIZE;
                word = value >>> (width - filled);
            }
        }
        int stop = out.size() + bytes;
        for (; at < stop; at += Long.BYTES) {
            memory.putLong(at, word);
            word = 0;
        }
        out.cutTo(stop);
    }
}
