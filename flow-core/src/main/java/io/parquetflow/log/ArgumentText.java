package io.parquetflow.log;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.UUID;

/**
 * The text of an argument or an attribute, in memory that is used again. A value that cannot say what it is costs its text,
 * never the application's call.
 *
 * <p>Not thread-safe: one thread's.
 */
final class ArgumentText {
    private static final int MOST_KEPT_CHARS = 16 << 10;

    private StringBuilder chars = new StringBuilder(256);

    /** Whether its text is the same at any time. */
    static boolean isImmutable(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Character
                || value instanceof Float
                || value instanceof Enum<?>
                || value instanceof BigDecimal
                || value instanceof BigInteger
                || value instanceof UUID
                || value instanceof Temporal
                || value instanceof Duration;
    }

    /** Good until the next call. */
    CharSequence of(Object value, EventDraft<?> event) {
        if (value instanceof String s) {
            return s;
        }
        if (chars.capacity() > MOST_KEPT_CHARS) {
            chars = new StringBuilder(256);
        }
        // An argument's own text may log, and so use this: then that event takes another.
        StringBuilder to = chars;
        to.setLength(0);
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return to.append(((Number) value).intValue());
        }
        if (value instanceof Long n) {
            return to.append((long) n);
        }
        if (value instanceof Double n) {
            return to.append((double) n);
        }
        if (value instanceof Boolean b) {
            return to.append((boolean) b);
        }
        if (value instanceof Character c) {
            return to.append((char) c);
        }
        return ofAny(value, event, to);
    }

    private static CharSequence ofAny(Object value, EventDraft<?> event, StringBuilder to) {
        try {
            event.appendArg(value, to);
            return to;
        } catch (Throwable e) {
            return "[" + value.getClass().getName() + " has no text: "
                    + e.getClass().getName() + "]";
        }
    }
}
