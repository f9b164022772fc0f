package io.parquetflow.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of one packed row, written from the front to the back: {@link io.parquetflow.column.PackedShredder} draws them.
 * Texts are cut where the row would outgrow its limit, at the end of a character.
 *
 * <p>Not thread-safe: one thread's, used for one event after the other.
 */
final class PackedRow {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_BYTES = 2 << 10;
    /** What a thread keeps between events: it may be one of thousands. */
    private static final int MOST_KEPT_BYTES = 16 << 10;

    private static final int MOST_BYTES_OF_A_CHAR = 3;
    private static final char REPLACEMENT = '\ufffd';

    private final int limit;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private boolean cut;

    PackedRow(int limit) {
        this.limit = limit;
    }

    /** Starts a row with what every row starts with. */
    void begin(byte[] start) {
        if (bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        size = 0;
        cut = false;
        putRaw(start, start.length);
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    int limit() {
        return limit;
    }

    boolean hasRoom(int more) {
        return size + more <= limit;
    }

    /** Whether a text of this row was cut. */
    boolean isCut() {
        return cut;
    }

    /** Something was left out. */
    void cut() {
        cut = true;
    }

    void level(int leaf, int level) {
        bytes[leaf] = (byte) level;
    }

    void putByte(int value) {
        makeRoom(1);
        bytes[size++] = (byte) value;
    }

    void setByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    void putInt(int value) {
        makeRoom(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    void putLong(long value) {
        makeRoom(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putRaw(byte[] from, int length) {
        makeRoom(length);
        System.arraycopy(from, 0, bytes, size, length);
        size += length;
    }

    /** A text that is UTF-8 already; short. */
    void putText(byte[] utf8) {
        putInt(utf8.length);
        putRaw(utf8, utf8.length);
    }

    /**
     * A text, as long as the row stays within a size.
     *
     * @param end where the row has to end
     */
    void putText(CharSequence text, int end) {
        int lengthAt = size;
        putInt(0);
        int most = Math.max(0, Math.min(end, limit) - size);
        int chars = text.length();
        makeRoom(Math.min(chars, most) + 1);
        int n = encodeAscii(text, Math.min(chars, most));
        if (n < chars) {
            encodeRest(text, n, lengthAt + Integer.BYTES + most);
        }
        setInt(lengthAt, size - lengthAt - Integer.BYTES);
    }

    /** Answers how many characters were ASCII. */
    private int encodeAscii(CharSequence text, int most) {
        byte[] to = bytes;
        int at = size;
        for (int i = 0; i < most; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = at + i;
                return i;
            }
            to[at + i] = (byte) c;
        }
        size = at + most;
        return most;
    }

    private void encodeRest(CharSequence text, int from, int end) {
        int chars = text.length();
        for (int i = from; i < chars; i++) {
            int point = text.charAt(i);
            if (Character.isSurrogate((char) point)) {
                point = REPLACEMENT;
                if (Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < chars
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    point = Character.toCodePoint(text.charAt(i), text.charAt(++i));
                }
            }
            int n = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? MOST_BYTES_OF_A_CHAR : 4;
            if (size + n > end) {
                cut = true;
                return;
            }
            makeRoom(n);
            encode(point, n);
        }
    }

    /** RFC 3629. */
    private void encode(int point, int n) {
        switch (n) {
            case 1 -> bytes[size] = (byte) point;
            case 2 -> bytes[size] = (byte) (0xc0 | (point >> 6));
            case MOST_BYTES_OF_A_CHAR -> bytes[size] = (byte) (0xe0 | (point >> 12));
            default -> bytes[size] = (byte) (0xf0 | (point >> 18));
        }
        for (int i = 1; i < n; i++) {
            bytes[size + i] = (byte) (0x80 | ((point >> (6 * (n - 1 - i))) & 0x3f));
        }
        size += n;
    }

    private void makeRoom(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
