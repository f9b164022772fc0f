package io.parquetflow.log;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * UTF-8 of texts that come again and again as the same object: names of loggers and threads, templates, levels. A text is
 * kept when it came twice: those that are made for one event never are.
 *
 * <p>Not thread-safe: one thread's.
 */
final class TextCache {
    private static final int SLOTS = 256;
    private static final int MOST_CHARS = 512;

    private final String[] keys = new String[SLOTS];
    private final byte[][] values = new byte[SLOTS][];
    private final UnaryOperator<CharSequence> mask;

    /** @param mask what texts go through before they are kept; null where there is none */
    TextCache(UnaryOperator<CharSequence> mask) {
        this.mask = mask;
    }

    /** Null when it is not kept. */
    @SuppressWarnings("ReferenceEquality") // the same object, or nothing: comparing texts is what this spares
    byte[] get(String text) {
        int length = text.length();
        if (length > MOST_CHARS) {
            return null;
        }
        int slot = slot(text, length);
        if (keys[slot] != text) {
            keys[slot] = text;
            values[slot] = null;
            return null;
        }
        byte[] value = values[slot];
        if (value == null) {
            CharSequence shown = mask == null ? text : mask.apply(text);
            value = shown.toString().getBytes(StandardCharsets.UTF_8);
            values[slot] = value;
        }
        return value;
    }

    /** Not of the whole text: one that is new each time would be read just to find out that it is not here. */
    private static int slot(String text, int length) {
        int hash = length * 31;
        if (length > 0) {
            hash = (hash + text.charAt(0)) * 31 + text.charAt(length - 1);
            hash = (hash * 31 + text.charAt(length >> 1)) * 31 + text.charAt(length >> 2);
        }
        return (hash ^ (hash >>> 8)) & (SLOTS - 1);
    }
}
