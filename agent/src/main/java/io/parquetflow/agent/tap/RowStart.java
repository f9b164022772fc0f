package io.parquetflow.agent.tap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that all rows of a thread about one peer start with: everything up to {@code truncated}, which
 * is false here. A row is these, and its payload.
 *
 * <p>Thread-safe: immutable.
 */
final class RowStart {
    static final int NO_CHANNEL = -1;
    static final byte THERE = 1;

    final byte[] bytes;
    final long threadId;
    final String threadName;

    /**
     * Puts them together.
     *
     * @param channel negative for none
     */
    RowStart(Thread thread, String direction, byte[] local, byte[] remote, long channel, int payloadLevel) {
        threadId = thread.getId();
        threadName = thread.getName();
        byte[] way = utf8(direction);
        byte[] name = utf8(threadName);
        ByteBuffer row = ByteBuffer.allocate(
                        CaptureSchema.LEAVES + size(way) + size(local) + size(remote) + size(name) + 2 * Long.BYTES + 1)
                .order(ByteOrder.LITTLE_ENDIAN);
        row.position(CaptureSchema.LEAVES);
        text(row, CaptureSchema.DIRECTION, way);
        text(row, CaptureSchema.LOCAL, local);
        text(row, CaptureSchema.REMOTE, remote);
        if (channel > NO_CHANNEL) {
            row.put(CaptureSchema.CHANNEL, THERE).putLong(channel);
        }
        text(row, CaptureSchema.THREAD_NAME, name);
        row.putLong(threadId);
        row.put((byte) 0);
        row.put(CaptureSchema.PAYLOAD, (byte) payloadLevel);
        row.put(CaptureSchema.KERNEL_DROPS, (byte) (THERE - payloadLevel));
        bytes = new byte[row.position()];
        row.get(0, bytes);
    }

    /** Whether it is the thread's that calls. */
    boolean isOf(Thread thread) {
        return thread.getId() == threadId && thread.getName().equals(threadName); // it may be renamed
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static int size(byte[] text) {
        return text == null ? 0 : Integer.BYTES + text.length;
    }

    private static void text(ByteBuffer row, int leaf, byte[] text) {
        if (text != null) {
            row.put(leaf, THERE).putInt(text.length).put(text);
        }
    }
}
