package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 without objects: is it valid (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF), and characters
 * to bytes. The JDK's own coders need a buffer or an array for each text.
 *
 * <p>Thread-safe: no state.
 */
final class Utf8 {
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /** Index, counted from {@code at}, of the first byte that no valid sequence has; -1 when all is well. */
    static int firstInvalid(ByteBuffer bytes, int at, int length) {
        int end = at + length;
        int i = skipAscii(bytes, at, end);
        while (i < end) {
            int size = sequence(bytes, i, end);
            if (size == 0) {
                return i - at;
            }
            i = skipAscii(bytes, i + size, end);
        }
        return -1;
    }

    static boolean isAscii(ByteBuffer bytes, int at, int length) {
        return skipAscii(bytes, at, at + length) == at + length;
    }

    private static int skipAscii(ByteBuffer bytes, int from, int end) {
        int i = from;
        while (i <= end - Long.BYTES && (bytes.getLong(i) & NOT_ASCII) == 0) {
            i += Long.BYTES;
        }
        while (i < end && bytes.get(i) >= 0) {
            i++;
        }
        return i;
    }

    /** Bytes of the sequence of two to four that begins here, 0 when it is not valid. */
    private static int sequence(ByteBuffer bytes, int at, int end) {
        int lead = bytes.get(at) & 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (end - at < size) {
            return 0;
        }
        int second = bytes.get(at + 1) & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80; // below: overlong
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf; // above: a surrogate, or above U+10FFFF
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes.get(at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /** The bytes with U+FFFD in place of what is not valid, as every decoder of the JDK does it. Allocates. */
    static byte[] repaired(ByteBuffer bytes, int at, int length) {
        byte[] copy = new byte[length];
        bytes.get(at, copy);
        return new String(copy, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that {@link #encode} writes. */
    static long encodedLength(CharSequence text) {
        int chars = text.length();
        long bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // a pair is four bytes: two for each half, so that a half is one more than its char
                bytes += c < 0x800 || isPaired(text, i, c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /** Index of the first half of a pair without the other; -1 when there is none. */
    static int firstUnpaired(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) && !isPaired(text, i, c)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isPaired(CharSequence text, int i, char c) {
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** Writes the text's characters up to the first that is not ASCII, and answers how many these are. */
    static int encodeAscii(CharSequence text, byte[] to, int at) {
        int chars = text.length();
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return i;
            }
            to[at + i] = (byte) c;
        }
        return chars;
    }

    /** Writes the text, U+FFFD in place of half a pair, and answers where it ends. */
    static int encode(CharSequence text, byte[] to, int at) {
        int chars = text.length();
        int end = at;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[end++] = (byte) c;
            } else if (c < 0x800) {
                to[end++] = (byte) (0xc0 | (c >> 6));
                to[end++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c) && isPaired(text, i, c)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                to[end++] = (byte) (0xf0 | (point >> 18));
                to[end++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                to[end++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                to[end++] = (byte) (0x80 | (point & 0x3f));
            } else {
                int unit = Character.isSurrogate(c) ? REPLACEMENT : c;
                to[end++] = (byte) (0xe0 | (unit >> 12));
                to[end++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
                to[end++] = (byte) (0x80 | (unit & 0x3f));
            }
        }
        return end;
    }
}
