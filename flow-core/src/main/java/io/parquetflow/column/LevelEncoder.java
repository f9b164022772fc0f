package io.parquetflow.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The RLE / bit-packing hybrid (Parquet format, Encodings, "Run Length Encoding / Bit-Packing Hybrid") for levels: a byte
 * each, looked at eight by eight. {@link RleEncoder} does the same for indices.
 *
 * <pre>
 *  run:     [varint length << 1]          [level, 1 byte]
 *  packed:  [varint groups << 1 | 1]      [8 levels of width bits, first in the lowest bits] per group
 * </pre>
 *
 * <p>Thread-safe: stateless.
 */
final class LevelEncoder {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final int GROUP = 8;
    /** A run inside packed groups costs two headers and a level: it has to save more than that, or it only costs time. */
    private static final int LEAST_SAVED_BYTES = 8;

    private LevelEncoder() {}

    static void encode(byte[] levels, int count, int width, DirectBytes out) {
        int at = 0;
        while (at < count) {
            int run = runAt(levels, at, count);
            if (run >= GROUP || at + run == count) {
                out.putVarint((long) run << 1);
                out.putByte(levels[at]);
                at += run;
            } else {
                int end = endOfPacked(levels, at, count, width);
                packed(levels, at, end, width, out);
                at = end;
            }
        }
    }

    /** How many levels from {@code from} are the same. */
    private static int runAt(byte[] levels, int from, int count) {
        byte level = levels[from];
        long same = ONES * level;
        int i = from;
        while (i + GROUP <= count && (long) WORD.get(levels, i) == same) {
            i += GROUP;
        }
        while (i < count && levels[i] == level) {
            i++;
        }
        return i - from;
    }

    /** Whole groups up to the next run that is worth it; only the last group of all may be cut short. */
    private static int endOfPacked(byte[] levels, int from, int count, int width) {
        int worth = (LEAST_SAVED_BYTES + width - 1) / width;
        int equalGroups = 0;
        long previous = 0;
        int i = from;
        for (; i + GROUP <= count; i += GROUP) {
            long word = (long) WORD.get(levels, i);
            if (word != ONES * (word & 0xff)) {
                equalGroups = 0;
            } else if (equalGroups > 0 && word == previous) {
                equalGroups++;
            } else {
                equalGroups = 1;
            }
            if (equalGroups == worth) {
                int start = i - (worth - 1) * GROUP;
                if (start > from) {
                    return start;
                }
            }
            previous = word;
        }
        return count;
    }

    private static void packed(byte[] levels, int from, int end, int width, DirectBytes out) {
        int groups = (end - from + GROUP - 1) / GROUP;
        out.putVarint(((long) groups << 1) | 1);
        out.ensure(groups * width + Long.BYTES);
        ByteBuffer memory = out.memory();
        int to = out.size();
        int i = from;
        for (; i + GROUP <= end; i += GROUP) {
            // Eight bytes at a time: what is too much is overwritten by the next group.
            memory.putLong(to, pack((long) WORD.get(levels, i), width));
            to += width;
        }
        if (i < end) {
            long word = 0;
            for (int k = 0; k < end - i; k++) {
                word |= (long) levels[i + k] << (k * Byte.SIZE);
            }
            memory.putLong(to, pack(word, width));
            to += width;
        }
        out.cutTo(to);
    }

    /** Eight bytes to eight times {@code width} bits: neighbours move together, by pairs, fours, eights. */
    private static long pack(long word, int width) {
        long pairs = (word & 0x00ff00ff00ff00ffL) | ((word & 0xff00ff00ff00ff00L) >>> (8 - width));
        long fours = (pairs & 0x0000ffff0000ffffL) | ((pairs & 0xffff0000ffff0000L) >>> (16 - 2 * width));
        return (fours & 0x00000000ffffffffL) | ((fours & 0xffffffff00000000L) >>> (32 - 4 * width));
    }
}
