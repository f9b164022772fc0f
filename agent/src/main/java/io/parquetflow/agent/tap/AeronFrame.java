package io.parquetflow.agent.tap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A frame of Aeron's log buffers, little endian: its length at 0, its type at 6, the message at 32, the next frame at a
 * multiple of 32.
 *
 * <p>Thread-safe: stateless.
 */
final class AeronFrame {
    static final int HEADER_BYTES = 32;
    private static final int TYPE_AT = 6;
    private static final int TYPE_DATA = 1;

    private AeronFrame() {}

    static int length(ByteBuffer log, int at) {
        int length = log.getInt(at);
        return log.order() == ByteOrder.LITTLE_ENDIAN ? length : Integer.reverseBytes(length);
    }

    /** Not one that only fills a term up. */
    static boolean isData(ByteBuffer log, int at) {
        return log.get(at + TYPE_AT) == TYPE_DATA;
    }

    static int aligned(int length) {
        return (length + HEADER_BYTES - 1) & -HEADER_BYTES;
    }
}
