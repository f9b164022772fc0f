package io.parquetflow.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From a configuration value's text to the value, with the message that names the key, the value and the way out. */
final class ConfigText {
    /** No dot: in a segment's name the dot parts the sink from the stream. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private ConfigText() {}

    static Object parse(ConfigKey key, String text) {
        try {
            return switch (key.kind()) {
                case PATH -> Path.of(nonEmpty(text));
                case DIRECTORY -> Path.of(text.trim()).toString();
                case NAME -> name(text);
                case TEXT -> text.trim();
                case BYTES -> bounded(key, Units.parseBytes(text));
                case COUNT -> bounded(key, Long.parseLong(text.trim().replace("_", "")));
                case DURATION -> bounded(key, Units.parseDuration(text));
                case FLAG -> flag(text);
                case MODE -> mode(text);
                case PARTITION -> word(Partition.class, text);
                case CODEC -> word(Codec.class, text);
                case WAIT -> word(WaitMode.class, text);
                case DURABILITY -> word(Durability.class, text);
            };
        } catch (InvalidPathException e) {
            throw invalid(key, text, "not a path", e);
        } catch (NumberFormatException e) {
            throw invalid(key, text, "not a whole number; allowed: " + bounds(key), e);
        } catch (IllegalArgumentException e) {
            throw invalid(key, text, e.getMessage() + "; allowed: " + bounds(key), e);
        }
    }

    static String bounds(ConfigKey key) {
        return switch (key.kind()) {
            case PATH, DIRECTORY -> "a path";
            case NAME -> "1 to 64 letters, digits, '_' and '-'";
            case TEXT -> "a class name";
            case BYTES ->
                Units.bytes(key.min()) + " to " + (key.max() == Long.MAX_VALUE ? "any" : Units.bytes(key.max()));
            case COUNT -> key.min() + " to " + key.max();
            case DURATION -> Units.millis(key.min()) + " to " + Units.millis(key.max());
            case FLAG -> "true, false";
            case MODE -> "octal, 0600 to 0777";
            case PARTITION -> words(Partition.class);
            case CODEC -> words(Codec.class);
            case WAIT -> words(WaitMode.class);
            case DURABILITY -> words(Durability.class);
        };
    }

    private static IllegalArgumentException invalid(ConfigKey key, String text, String why, Exception cause) {
        return new IllegalArgumentException(
                "invalid configuration: key=" + key.key() + ", value=" + text + ": " + why, cause);
    }

    private static String nonEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty");
        }
        return text.trim();
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("not a sink name");
        }
        return text;
    }

    private static Long bounded(ConfigKey key, long value) {
        if (value < key.min() || value > key.max()) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }

    private static Duration bounded(ConfigKey key, Duration value) {
        if (value.compareTo(Duration.ofMillis(key.min())) < 0 || value.compareTo(Duration.ofMillis(key.max())) > 0) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }

    static Boolean flag(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> Boolean.TRUE;
            case "false", "off", "no", "0" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Integer mode(String text) {
        int mode = Integer.parseInt(text.trim(), 8);
        if (mode < 0600 || mode > 0777 || (mode & 0600) != 0600) {
            throw new IllegalArgumentException("the owner must be able to read and write");
        }
        return mode;
    }

    static <E extends Enum<E>> E word(Class<E> type, String text) {
        String wanted = text.trim().replace('-', '_').toUpperCase(Locale.ROOT);
        for (E e : type.getEnumConstants()) {
            if (e.name().equals(wanted)) {
                return e;
            }
        }
        throw new IllegalArgumentException("unknown word");
    }

    static <E extends Enum<E>> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(e -> e.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
