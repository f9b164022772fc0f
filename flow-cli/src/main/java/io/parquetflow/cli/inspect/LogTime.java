package io.parquetflow.cli.inspect;

import io.parquetflow.spi.Units;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * Points in time as a user writes them.
 *
 * <p>Thread-safe: stateless.
 */
final class LogTime {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private LogTime() {}

    /**
     * Reads a time: {@code 10m} (ago), {@code 2026-11-21T17:02:03Z}, {@code 2026-11-21 17:02}, {@code 2026-11-21} (its first
     * moment), {@code 17:02} (today).
     *
     * @param zone of what has none
     * @return epoch nanoseconds
     * @throws IllegalArgumentException when it is none of them
     */
    static long parse(String text, ZoneId zone, Instant now) {
        String trimmed = text.strip();
        try {
            return nanos(instant(trimmed, zone, now));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a time: '" + text
                            + "'; write how long ago (10m, 36h, 7d), or 2026-11-21T17:02:03Z, or in local"
                            + " time 2026-11-21T17:02, 2026-11-21 or 17:02",
                    e);
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("too far away for a time in nanoseconds: '" + text + "'", e);
        }
    }

    private static Instant instant(String text, ZoneId zone, Instant now) {
        if (text.matches("\\d+\\s*[a-zA-Zµ]+|[pP].*")) {
            Duration ago;
            try {
                ago = Units.parseDuration(text);
            } catch (IllegalArgumentException e) {
                throw new DateTimeParseException(e.getMessage(), text, 0, e);
            }
            return now.minus(ago);
        }
        if (text.matches("\\d{1,2}:.*")) {
            LocalTime time = LocalTime.parse(text.length() > 1 && text.charAt(1) == ':' ? "0" + text : text);
            return LocalDate.ofInstant(now, zone).atTime(time).atZone(zone).toInstant();
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String iso = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2})\\s+", "$1T");
        if (iso.matches(".*([zZ]|[+-]\\d{2}:?(\\d{2})?)") && iso.indexOf(':') > 0) {
            return OffsetDateTime.parse(iso).toInstant();
        }
        return LocalDateTime.parse(iso).atZone(zone).toInstant();
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
    }
}
