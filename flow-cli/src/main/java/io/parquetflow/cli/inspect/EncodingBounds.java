package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Walks the run and block headers of encoded data before parquet-java's decoders see them: those allocate, and loop, by
 * numbers in the data. After a walk, what a decoder takes is bounded by the page's value count and size.
 */
final class EncodingBounds {
    /** Writers round the last bit-packed run up, to 64 groups of eight at most. */
    private static final int PADDING_VALUES = 64 * 8;

    private static final int MOST_BLOCK_VALUES = 1 << 16;
    private static final int MOST_MINIBLOCKS = 1 << 10;

    private EncodingBounds() {}

    /** Runs of the RLE / bit-packing hybrid; {@code in} is consumed. */
    static void hybridRuns(ByteBuffer in, int bitWidth, int values) throws IOException {
        if (bitWidth < 0 || bitWidth > 32) {
            throw new IOException("bit width cannot be true: " + bitWidth);
        }
        long left = values;
        while (left > 0 && in.hasRemaining()) {
            int header = (int) unsignedVarint(in);
            boolean packed = (header & 1) == 1;
            long count = (header >>> 1) * (packed ? 8L : 1L);
            if (count == 0 || (packed && count > left + PADDING_VALUES)) {
                throw new IOException("run length cannot be true: run=" + count + ", values left=" + left);
            }
            skip(in, packed ? (count / 8) * bitWidth : (bitWidth + 7) / 8, packed);
            left -= count;
        }
    }

    /** One DELTA_BINARY_PACKED stream; {@code in} is left behind it. */
    static void deltaBlocks(ByteBuffer in, int values) throws IOException {
        long block = unsignedVarint(in);
        long miniblocks = unsignedVarint(in);
        long total = unsignedVarint(in);
        unsignedVarint(in);
        boolean shaped = block > 0 && block <= MOST_BLOCK_VALUES && miniblocks > 0 && miniblocks <= MOST_MINIBLOCKS;
        if (!shaped || block % miniblocks != 0 || (block / miniblocks) % 8 != 0) {
            throw new IOException("delta block cannot be true: values=" + block + ", miniblocks=" + miniblocks);
        }
        if (total > values) {
            throw new IOException("delta value count cannot be true: " + total + ", page has " + values);
        }
        int perMiniblock = (int) (block / miniblocks);
        long left = total - 1;
        while (left > 0) {
            left = deltaBlock(in, (int) miniblocks, perMiniblock, left);
        }
    }

    private static long deltaBlock(ByteBuffer in, int miniblocks, int perMiniblock, long valuesLeft)
            throws IOException {
        unsignedVarint(in);
        byte[] widths = new byte[miniblocks];
        need(in, miniblocks);
        in.get(widths);
        long left = valuesLeft;
        for (int i = 0; i < miniblocks && left > 0; i++) {
            if (widths[i] < 0 || widths[i] > 64) {
                throw new IOException("delta bit width cannot be true: " + widths[i]);
            }
            skip(in, (long) widths[i] * perMiniblock / 8, false);
            left -= perMiniblock;
        }
        return left;
    }

    /** Up to ten bytes; longer ones are a lie. */
    private static long unsignedVarint(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            need(in, 1);
            byte part = in.get();
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("number is too long in encoded data");
    }

    /** The last packed run of some writers is cut to the bytes it needs. */
    private static void skip(ByteBuffer in, long length, boolean mayEndEarly) throws IOException {
        long step = mayEndEarly ? Math.min(length, in.remaining()) : length;
        need(in, step);
        in.position(in.position() + (int) step);
    }

    private static void need(ByteBuffer in, long length) throws IOException {
        if (length > in.remaining()) {
            throw new IOException("encoded data ends early: needed=" + length + ", left=" + in.remaining());
        }
    }
}
