package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * BYTE_STREAM_SPLIT (Parquet format, Encodings, "Byte Stream Split"): the first bytes of all values, then the second
 * bytes of all, and so on. The bytes that numbers share come to lie together, and a codec finds them.
 *
 * <p>Not thread-safe: it keeps one stream between calls.
 */
final class ByteStreamSplit {
    private byte[] stream = {};

    void encode(int[] values, int count, DirectBytes out) {
        begin(count);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            for (int i = 0; i < count; i++) {
                stream[i] = (byte) (values[i] >>> shift);
            }
            out.put(stream, 0, count);
        }
    }

    void encode(long[] values, int count, DirectBytes out) {
        begin(count);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            for (int i = 0; i < count; i++) {
                stream[i] = (byte) (values[i] >>> shift);
            }
            out.put(stream, 0, count);
        }
    }

    void encode(float[] values, int count, DirectBytes out) {
        begin(count);
        for (int shift = 0; shift < Float.SIZE; shift += Byte.SIZE) {
            for (int i = 0; i < count; i++) {
                stream[i] = (byte) (Float.floatToRawIntBits(values[i]) >>> shift);
            }
            out.put(stream, 0, count);
        }
    }

    void encode(double[] values, int count, DirectBytes out) {
        begin(count);
        for (int shift = 0; shift < Double.SIZE; shift += Byte.SIZE) {
            for (int i = 0; i < count; i++) {
                stream[i] = (byte) (Double.doubleToRawLongBits(values[i]) >>> shift);
            }
            out.put(stream, 0, count);
        }
    }

    /** Values of one length. */
    void encode(BytesPage page, int length, DirectBytes out) {
        int count = page.count();
        begin(count);
        ByteBuffer memory = page.memory();
        for (int b = 0; b < length; b++) {
            for (int i = 0; i < count; i++) {
                stream[i] = memory.get(page.at(i) + b);
            }
            out.put(stream, 0, count);
        }
    }

    private void begin(int count) {
        if (stream.length < count) {
            stream = new byte[TypedValues.grown(stream.length, count)];
        }
    }
}
