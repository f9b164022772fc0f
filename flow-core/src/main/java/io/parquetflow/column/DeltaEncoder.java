package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * DELTA_BINARY_PACKED of INT64 and INT32 (Parquet format, Encodings, "Delta Encoding"): blocks of 128 deltas in 4 miniblocks of 32.
 *
 * <pre>
 *  [128][4][count][first value, zigzag] then per block: [least delta, zigzag][4 bit widths][miniblocks]
 * </pre>
 *
 * Deltas wrap around in the type's own width, as the specification wants: those of INT32 never take more than 32 bits.
 *
 * <p>Not thread-safe: it keeps a block's deltas between calls.
 */
final class DeltaEncoder {
    private static final int BLOCK = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK = BLOCK / MINIBLOCKS;
    /** Widths, least delta and 128 deltas of 64 bits. */
    private static final int LARGEST_BLOCK_BYTES = 10 + MINIBLOCKS + BLOCK * Long.BYTES;

    private final long[] deltas = new long[BLOCK];

    void encode(long[] values, int count, DirectBytes out) {
        begin(count, count == 0 ? 0 : values[0], out);
        for (int from = 1; from < count; from += BLOCK) {
            int n = Math.min(BLOCK, count - from);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < n; i++) {
                long delta = values[from + i] - values[from + i - 1];
                deltas[i] = delta;
                least = Math.min(least, delta);
            }
            block(least, n, out);
        }
    }

    void encode(int[] values, int count, DirectBytes out) {
        begin(count, count == 0 ? 0 : values[0], out);
        for (int from = 1; from < count; from += BLOCK) {
            int n = Math.min(BLOCK, count - from);
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < n; i++) {
                int delta = values[from + i] - values[from + i - 1];
                deltas[i] = delta;
                least = Math.min(least, delta);
            }
            block(least, n, out);
        }
    }

    private static void begin(int count, long first, DirectBytes out) {
        out.putVarint(BLOCK);
        out.putVarint(MINIBLOCKS);
        out.putVarint(count);
        out.putZigZag(first);
    }

    private void block(long least, int n, DirectBytes out) {
        for (int i = 0; i < n; i++) {
            deltas[i] -= least;
        }
        // A miniblock that is cut short by the end of the page is padded.
        Arrays.fill(deltas, n, BLOCK, 0L);
        out.ensure(LARGEST_BLOCK_BYTES);
        out.putZigZag(least);
        int widthsAt = out.size();
        out.skip(MINIBLOCKS);
        for (int m = 0; m < MINIBLOCKS; m++) {
            int width = m * MINIBLOCK < n ? width(m * MINIBLOCK) : 0;
            out.memory().put(widthsAt + m, (byte) width);
            if (width > 0) {
                pack(m * MINIBLOCK, width, out);
            }
        }
    }

    private int width(int from) {
        long bits = 0;
        for (int i = from; i < from + MINIBLOCK; i++) {
            bits |= deltas[i];
        }
        return Long.SIZE - Long.numberOfLeadingZeros(bits);
    }

    /** 32 values of a width are a whole number of 32-bit words, least significant bit first. */
    private void pack(int from, int width, DirectBytes out) {
        ByteBuffer memory = out.memory();
        int at = out.size();
        long word = 0;
        int filled = 0;
        for (int i = from; i < from + MINIBLOCK; i++) {
            long value = deltas[i];
            word |= value << filled;
            filled += width;
            if (filled >= Long.SIZE) {
                memory.putLong(at, word);
                at += Long.BYTES;
                filled -= Long.SIZE;
                word = filled == 0 ? 0 : value >>> (width - filled);
            }
        }
        if (filled > 0) {
            memory.putInt(at, (int) word);
            at += Integer.BYTES;
        }
        out.cutTo(at);
    }
}
