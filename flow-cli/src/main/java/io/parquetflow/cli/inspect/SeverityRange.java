package io.parquetflow.cli.inspect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Severities by their numbers in OpenTelemetry's log data model: four for each name, {@code TRACE} is 1 to 4 and
 * {@code FATAL} 21 to 24.
 *
 * <p>Thread-safe: immutable.
 *
 * @param least the lowest number
 * @param most the highest
 */
record SeverityRange(long least, long most) {
    static final SeverityRange ALL = new SeverityRange(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final List<String> NAMES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    private static final int PER_NAME = 4;
    private static final Pattern FORM =
            Pattern.compile("(?:(?<name>[A-Z]+)(?<step>[2-4])?|(?<number>\\d{1,9}))(?<above>\\+)?");

    /**
     * Reads {@code WARN}, {@code warn+}, {@code WARN2}, {@code 13} or {@code 13+}.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static SeverityRange parse(String text) {
        Matcher m = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
        int name = m.matches() && m.group("name") != null ? NAMES.indexOf(m.group("name")) : 0;
        if (!m.matches() || name < 0) {
            throw new IllegalArgumentException("not a level: '" + text + "'; write one of " + String.join(", ", NAMES)
                    + " or a severity number, with a + behind it for that and above: WARN+");
        }
        long least;
        long most;
        if (m.group("number") != null) {
            least = Long.parseLong(m.group("number"));
            most = least;
        } else {
            int step = m.group("step") == null ? 1 : Integer.parseInt(m.group("step"));
            least = (long) name * PER_NAME + step;
            most = m.group("step") == null ? least + PER_NAME - 1 : least;
        }
        return new SeverityRange(least, m.group("above") == null ? most : Long.MAX_VALUE);
    }

    boolean meets(SeverityRange other) {
        return least <= other.most && other.least <= most;
    }

    /** The name of a number that came without one. */
    static String nameOf(long number) {
        int name = (int) Math.floorDiv(number - 1, PER_NAME);
        return name >= 0 && name < NAMES.size() ? NAMES.get(name) : Long.toString(number);
    }
}
