package io.parquetflow.log;

import java.util.Locale;

/**
 * OpenTelemetry's severity numbers: 1 to 24, four for each of six names. A level of one's own has a number inside the range
 * of the standard level that it stands above.
 *
 * <p>Thread-safe: constants.
 */
public final class Severity {
    /** Finer than debugging. */
    public static final int TRACE = 1;
    /** For debugging. */
    public static final int DEBUG = 5;
    /** Something happened. */
    public static final int INFO = 9;
    /** Not an error, but more than information. */
    public static final int WARN = 13;
    /** Something went wrong. */
    public static final int ERROR = 17;
    /** A crash. */
    public static final int FATAL = 21;

    /** The largest number. */
    public static final int MOST = 24;

    private static final int RANGE = 4;
    private static final String[] NAMES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};

    private Severity() {}

    /**
     * The number of a standard level.
     *
     * @param name in any case
     * @return 1 to 21, 0 when there is no such level
     */
    public static int of(String name) {
        String upper = name.trim().toUpperCase(Locale.ROOT);
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(upper)) {
                return 1 + i * RANGE;
            }
        }
        return 0;
    }

    /**
     * The name of a number's range.
     *
     * @param number 1 to 24
     * @return for example {@code WARN}, with 2 to 4 behind it for the upper numbers of the range
     */
    static String name(int number) {
        int index = Math.min(Math.max(number, 1), MOST) - 1;
        int within = index % RANGE;
        return NAMES[index / RANGE] + (within == 0 ? "" : within + 1);
    }
}
