package io.parquetflow.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The streams of a slab by number: drop counters and name, in table files beside the slab, {@code <writer>.streams-<k>}
 * of 256 rows each.
 *
 * <pre>
 *  0                64        68       72                       256
 *  +----------------+---------+--------+------------------------+
 *  | drop counters  | used, 1 | length | name, UTF-8, cut to fit|
 *  +----------------+---------+--------+------------------------+
 * </pre>
 *
 * <p>Not thread-safe: its owner orders the calls; the counters themselves are.
 */
final class StreamRows {
    static final int ROWS = 256;
    static final int ROW_BYTES = 256;
    static final int TABLE_BYTES = ROWS * ROW_BYTES;
    static final int TABLES = 65_536 / ROWS;

    private static final String FILE = ".streams-";
    private static final int USED = DropCounters.ROW_BYTES;
    private static final int LENGTH = USED + Integer.BYTES;
    private static final int NAME = LENGTH + Integer.BYTES;
    static final int NAME_BYTES = ROW_BYTES - NAME;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer[] tables = new ByteBuffer[TABLES];

    static String fileName(String writer, int table) {
        return writer + FILE + table;
    }

    /** Which table of the writer a file is, or -1. */
    static int tableOf(Path file, String writer) {
        String name = String.valueOf(file.getFileName());
        String digits = name.substring(name.lastIndexOf('-') + 1);
        if (!digits.matches("[0-9]{1,3}") || !name.equals(writer + FILE + digits)) {
            return -1;
        }
        int table = Integer.parseInt(digits);
        return table < TABLES && fileName(writer, table).equals(name) ? table : -1;
    }

    void put(int table, ByteBuffer memory) {
        tables[table] = memory.order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean has(int table) {
        return tables[table] != null;
    }

    /** Name first: a row that says it is used has one. Again is allowed, for who failed after this the first time. */
    DropCounters register(int stream, String name) {
        ByteBuffer memory = tables[stream / ROWS];
        int at = stream % ROWS * ROW_BYTES;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = cut(bytes);
        INT.setVolatile(memory, at + USED, 0);
        memory.putInt(at + LENGTH, length);
        memory.put(at + NAME, bytes, 0, length);
        INT.setRelease(memory, at + USED, 1);
        return new DropCounters(memory, at);
    }

    private static int cut(byte[] utf8) {
        if (utf8.length <= NAME_BYTES) {
            return utf8.length;
        }
        int length = NAME_BYTES;
        while ((utf8[length] & 0xc0) == 0x80) {
            length--; // not within a character
        }
        return length;
    }

    boolean isRegistered(int stream) {
        ByteBuffer memory = tables[stream / ROWS];
        return memory != null && (int) INT.getAcquire(memory, stream % ROWS * ROW_BYTES + USED) == 1;
    }

    String name(int stream) {
        ByteBuffer memory = tables[stream / ROWS];
        int at = stream % ROWS * ROW_BYTES;
        byte[] bytes = new byte[Math.max(0, Math.min(memory.getInt(at + LENGTH), NAME_BYTES))];
        memory.get(at + NAME, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    DropCounters drops(int stream) {
        return new DropCounters(tables[stream / ROWS], stream % ROWS * ROW_BYTES);
    }

    /** The highest registered stream and one. */
    int count() {
        int stream = TABLES * ROWS - 1;
        while (stream >= 0 && !isRegistered(stream)) {
            stream--;
        }
        return stream + 1;
    }
}
