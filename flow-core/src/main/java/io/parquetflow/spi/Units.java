package io.parquetflow.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes and durations as people write them: {@code 64KB} is 65,536 bytes; {@code 10m}, {@code 10 minutes} and
 * {@code PT10M} are the same.
 *
 * <p>Thread-safe: stateless.
 */
public final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("\\s*(\\d{1,19})\\s*([A-Za-zµ]*)\\s*");

    private Units() {}

    /**
     * Reads a size.
     *
     * @param text a whole number and, if not bytes, one of {@code KB}, {@code MB}, {@code GB}, {@code TB} (powers of
     *     1024; {@code K}, {@code KiB} and lower case too)
     * @return bytes
     * @throws IllegalArgumentException when it is not a size, or too large for a {@code long}
     */
    public static long parseBytes(String text) {
        Matcher m = NUMBER_AND_UNIT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("not a size (write 65536, 64KB, 16MB or 1GB)");
        }
        long factor =
                switch (m.group(2).toLowerCase(Locale.ROOT)) {
                    case "", "b", "byte", "bytes" -> 1L;
                    case "k", "kb", "kib" -> 1L << 10;
                    case "m", "mb", "mib" -> 1L << 20;
                    case "g", "gb", "gib" -> 1L << 30;
                    case "t", "tb", "tib" -> 1L << 40;
                    default -> throw new IllegalArgumentException("unknown unit (use KB, MB, GB or TB)");
                };
        try {
            return Math.multiplyExact(Long.parseLong(m.group(1)), factor);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("too large", e);
        }
    }

    /**
     * Reads a duration.
     *
     * @param text a whole number with a unit from nanoseconds to days ({@code 100ms}, {@code 5 s}, {@code 10 minutes},
     *     {@code 1h}, {@code 7 days}), or ISO-8601 ({@code PT10M})
     * @return the duration, never negative
     * @throws IllegalArgumentException when it is not a duration, or has no unit
     */
    public static Duration parseDuration(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("P") || trimmed.startsWith("p")) {
            return parseIso(trimmed);
        }
        Matcher m = NUMBER_AND_UNIT.matcher(trimmed);
        if (!m.matches()) {
            throw new IllegalArgumentException("not a duration (write 100ms, 5s, 10 minutes, 1h or PT10M)");
        }
        try {
            long count = Long.parseLong(m.group(1));
            return switch (m.group(2).toLowerCase(Locale.ROOT)) {
                case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> Duration.ofNanos(count);
                case "us", "µs", "micro", "micros", "microsecond", "microseconds" ->
                    Duration.ofNanos(Math.multiplyExact(count, 1_000L));
                case "ms", "milli", "millis", "millisecond", "milliseconds" -> Duration.ofMillis(count);
                case "s", "sec", "second", "seconds" -> Duration.ofSeconds(count);
                case "m", "min", "minute", "minutes" -> Duration.ofMinutes(count);
                case "h", "hour", "hours" -> Duration.ofHours(count);
                case "d", "day", "days" -> Duration.ofDays(count);
                case "" -> {
                    if (count == 0) {
                        yield Duration.ZERO;
                    }
                    throw new IllegalArgumentException("a duration needs a unit (ms, s, m, h or d)");
                }
                default -> throw new IllegalArgumentException("unknown unit (use ms, s, m, h or d)");
            };
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("too large", e);
        }
    }

    private static Duration parseIso(String text) {
        try {
            Duration d = Duration.parse(text);
            if (d.isNegative()) {
                throw new IllegalArgumentException("negative");
            }
            return d;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a duration (write 100ms, 5s, 10 minutes, 1h or PT10M)", e);
        }
    }

    /**
     * Writes a size the way {@link #parseBytes} reads it.
     *
     * @param bytes the size, not negative
     * @return for example {@code 16MB}, {@code 1500} or {@code 64KB}
     */
    public static String bytes(long bytes) {
        String[] units = {"", "KB", "MB", "GB", "TB"};
        int unit = 0;
        long value = bytes;
        while (unit < units.length - 1 && value != 0 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + units[unit];
    }

    /** Writes a duration the way {@link #parseDuration} reads it: {@code 100ms}, {@code 5m}, {@code 366d}. */
    static String millis(long millis) {
        if (millis == 0) {
            return "0";
        }
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
