package io.parquetflow.log;

import java.util.Locale;
import java.util.Optional;

/**
 * The configuration keys of an appender that a sink does not have. Written as those of {@link io.parquetflow.spi.ConfigKey}
 * are: {@code drop-below}, {@code dropBelow} in XML, {@code -Dparquetflow.drop-below}, {@code PARQUET_FLOW_DROP_BELOW}.
 *
 * <p>Thread-safe: immutable.
 */
public enum LogKey {
    /** Column {@code service}. */
    SERVICE("service", "", "a text"),
    /** Column {@code resource}. */
    RESOURCE("resource", "", "name=value, separated by commas"),
    /** Attributes that get columns of their own. */
    COLUMNS("columns", "", "names, separated by commas"),
    /** Attributes that are left out. */
    EXCLUDE("exclude", "", "names with * and ?, separated by commas"),
    /** Patterns that are hidden in every text. */
    MASK("mask", "", "regular expressions, one a line, each with => and its replacement behind it"),
    /** Attributes whose values are hidden. */
    MASK_NAMES("mask-names", "", "names with * and ?, separated by commas"),
    /** Whether arguments are kept beside the message. */
    ARGS("args", "true", "true, false"),
    /** Whether the calling method is looked for, which is slow. */
    CALLER("caller", "false", "true, false"),
    /** Levels below leave the last fifth of the ring to the others. */
    DROP_BELOW("drop-below", "", "TRACE, DEBUG, INFO, WARN, ERROR, FATAL"),
    /** How long an event that {@code drop-below} does not name waits for room; a number is microseconds. */
    WAIT_AT_MOST("wait-at-most", "0", "0 to 1s"),
    /** Longer events are cut. */
    MAX_EVENT_BYTES("max-event-bytes", "64KB", "4KB to 1MB");

    private final String key;
    private final String fallback;
    private final String bounds;

    LogKey(String key, String fallback, String bounds) {
        this.key = key;
        this.fallback = fallback;
        this.bounds = bounds;
    }

    /**
     * The key in files.
     *
     * @return kebab case
     */
    public String key() {
        return key;
    }

    /**
     * The key in XML.
     *
     * @return camel case
     */
    public String camelCase() {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            s.append(key.charAt(i) == '-' ? Character.toUpperCase(key.charAt(++i)) : key.charAt(i));
        }
        return s.toString();
    }

    /**
     * The default.
     *
     * @return as it would be written
     */
    public String fallback() {
        return fallback;
    }

    /**
     * What may be given.
     *
     * @return in words
     */
    public String bounds() {
        return bounds;
    }

    String environmentVariable() {
        return "PARQUET_FLOW_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    String systemProperty() {
        return "parquetflow." + key;
    }

    /**
     * Finds a key.
     *
     * @param name kebab or camel case
     * @return the key, or empty when there is none of that name
     */
    public static Optional<LogKey> named(String name) {
        for (LogKey k : values()) {
            if (k.key.equals(name) || k.camelCase().equals(name)) {
                return Optional.of(k);
            }
        }
        return Optional.empty();
    }
}
