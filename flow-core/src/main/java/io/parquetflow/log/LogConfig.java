package io.parquetflow.log;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.log.Masks.Mask;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.Units;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An appender's configuration. What is wrong in it is told, with the key, the value and the way out, and the default
 * counts: an application starts all the same.
 *
 * <p>Thread-safe: immutable.
 */
final class LogConfig {
    private static final int LEAST_EVENT_BYTES = 4 << 10;
    private static final int MOST_EVENT_BYTES = 1 << 20;
    private static final Duration MOST_WAIT = Duration.ofSeconds(1);
    private static final String ARROW = "=>";

    /** Of a sink that is one of many things in an application, instead of its purpose. */
    private static final Map<ConfigKey, String> DEFAULTS = Map.of(
            ConfigKey.NAME, "logs",
            ConfigKey.MEMORY_LIMIT, "32MB",
            ConfigKey.ROTATE_BYTES, "128MB",
            ConfigKey.ROTATE_INTERVAL, "1h");

    private final Map<LogKey, String> own = new EnumMap<>(LogKey.class);
    private final Properties sink = new Properties();
    /** Of which the environment says something that cannot be. */
    private final Set<ConfigKey> passedOver = EnumSet.noneOf(ConfigKey.class);

    private final Diagnostics status;

    private final Resource resource;
    private final List<String> columns;
    private final List<String> exclude;
    private final List<Mask> masks;
    private final List<String> maskNames;
    private final boolean args;
    private final boolean caller;
    private final int dropBelow;
    private final Duration waitAtMost;
    private final int maxEventBytes;

    /**
     * Reads a configuration.
     *
     * @param keys in kebab or camel case; the directory is among them, or in the environment
     * @param givenMasks patterns and replacements that come as such
     * @param status where mistakes are told
     */
    LogConfig(Map<String, String> keys, Map<String, String> givenMasks, Diagnostics status) {
        this.status = status;
        DEFAULTS.forEach((key, value) -> sink.setProperty(key.key(), value));
        keys.forEach(this::take);
        takeOuter();
        resource = Resource.of(text(LogKey.SERVICE), text(LogKey.RESOURCE), System::getenv);
        columns = readColumns();
        exclude = list(LogKey.EXCLUDE);
        maskNames = list(LogKey.MASK_NAMES);
        masks = new ArrayList<>();
        givenMasks.forEach(this::addMask);
        text(LogKey.MASK).lines().filter(line -> !line.isBlank()).forEach(this::addMask);
        args = flag(LogKey.ARGS);
        caller = flag(LogKey.CALLER);
        dropBelow = dropBelow();
        waitAtMost = waitAtMost();
        maxEventBytes = eventBytes();
    }

    private void take(String name, String value) {
        Optional<LogKey> key = LogKey.named(name);
        if (key.isPresent()) {
            own.put(key.get(), value);
            return;
        }
        try {
            check(name, value);
            sink.setProperty(ConfigKey.named(name).map(ConfigKey::key).orElse(name), value);
        } catch (IllegalArgumentException e) {
            warn(e.getMessage() + "; it is passed over");
        }
    }

    /** This key alone: what is wrong with another is told of that one. */
    private static void check(String name, String value) {
        Optional<ConfigKey> key = ConfigKey.named(name);
        if (key.isPresent()) {
            key.get().check(value);
        } else {
            Properties one = new Properties();
            one.setProperty(name, value);
            SinkConfig.builder().properties(one);
        }
    }

    /** System properties and the environment, which count before what the framework's file says. */
    private void takeOuter() {
        for (LogKey key : LogKey.values()) {
            String outer = System.getProperty(key.systemProperty(), System.getenv(key.environmentVariable()));
            if (outer != null) {
                own.put(key, outer);
            }
        }
        for (ConfigKey key : ConfigKey.values()) {
            String outer = System.getProperty(key.systemProperty(), System.getenv(key.environmentVariable()));
            try {
                if (outer != null) {
                    key.check(outer);
                    sink.setProperty(key.key(), outer);
                }
            } catch (IllegalArgumentException e) {
                if (key != ConfigKey.DIRECTORY) { // which the builder is given anyway
                    passedOver.add(key);
                }
                warn("system property " + key.systemProperty() + " or environment variable " + key.environmentVariable()
                        + ": " + e.getMessage() + "; it is passed over");
            }
        }
    }

    private void warn(String line) {
        status.say(Diagnostics.Level.WARN, line, null);
    }

    private void invalid(LogKey key, String value, String why) {
        warn("invalid configuration: key=" + key.key() + ", value=" + value + ": " + why + "; allowed: " + key.bounds()
                + "; it is passed over");
    }

    private String text(LogKey key) {
        return own.getOrDefault(key, key.fallback()).trim();
    }

    private List<String> list(LogKey key) {
        return Arrays.stream(text(key).split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private List<String> readColumns() {
        List<String> good = new ArrayList<>();
        for (String name : list(LogKey.COLUMNS)) {
            good.add(name);
            try {
                LogSchema.of(good);
            } catch (IllegalArgumentException e) {
                good.remove(good.size() - 1);
                invalid(LogKey.COLUMNS, name, e.getMessage());
            }
        }
        return List.copyOf(good);
    }

    private void addMask(String line) {
        int arrow = line.lastIndexOf(ARROW);
        if (arrow < 0) {
            addMask(line.trim(), Masks.HIDDEN);
        } else {
            addMask(
                    line.substring(0, arrow).trim(),
                    line.substring(arrow + ARROW.length()).trim());
        }
    }

    /** A pattern that cannot be read hides everything: what was to be hidden must not be written because of a slip. */
    private void addMask(String pattern, String replacement) {
        try {
            masks.add(new Mask(Pattern.compile(pattern), replacement));
        } catch (PatternSyntaxException e) {
            masks.add(new Mask(Pattern.compile("(?s).+"), "[mask invalid]"));
            warn("invalid configuration: key=mask, value=" + pattern + ": " + e.getDescription()
                    + ": not a regular expression, so every text is hidden until it is one");
        }
    }

    private boolean flag(LogKey key) {
        String value = text(key);
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> {
                invalid(key, value, "neither true nor false");
                yield Boolean.parseBoolean(key.fallback());
            }
        };
    }

    private int dropBelow() {
        String value = text(LogKey.DROP_BELOW);
        if (value.isEmpty()) {
            return 0;
        }
        int severity = Severity.of(value);
        if (severity == 0) {
            invalid(LogKey.DROP_BELOW, value, "not a level");
        }
        return severity;
    }

    private Duration waitAtMost() {
        String value = text(LogKey.WAIT_AT_MOST);
        try {
            Duration wait = value.matches("\\d{1,9}")
                    ? Duration.ofNanos(Long.parseLong(value) * 1_000)
                    : Units.parseDuration(value);
            if (wait.compareTo(MOST_WAIT) <= 0) {
                return wait;
            }
            invalid(LogKey.WAIT_AT_MOST, value, "out of bounds");
        } catch (IllegalArgumentException e) {
            invalid(LogKey.WAIT_AT_MOST, value, e.getMessage());
        }
        return Duration.ZERO;
    }

    private int eventBytes() {
        String value = text(LogKey.MAX_EVENT_BYTES);
        try {
            long bytes = Units.parseBytes(value);
            if (bytes >= LEAST_EVENT_BYTES && bytes <= MOST_EVENT_BYTES) {
                return (int) bytes;
            }
            invalid(LogKey.MAX_EVENT_BYTES, value, "out of bounds");
        } catch (IllegalArgumentException e) {
            invalid(LogKey.MAX_EVENT_BYTES, value, e.getMessage());
        }
        return (int) Units.parseBytes(LogKey.MAX_EVENT_BYTES.fallback());
    }

    /** A sink of these keys. */
    LogSinkBuilder builder(int mostRowBytes) {
        String directory = sink.getProperty(ConfigKey.DIRECTORY.key());
        if (directory == null) {
            throw new IllegalArgumentException(
                    "missing configuration: key=directory: say where the segments go; no event is kept until then");
        }
        Properties all = new Properties();
        sink.forEach((key, value) -> all.setProperty((String) key, (String) value));
        all.putIfAbsent(ConfigKey.MAX_PAYLOAD.key(), Integer.toString(mostRowBytes));
        all.remove(ConfigKey.DIRECTORY.key());
        LogSinkBuilder builder = LogSink.builder(Path.of(directory)).properties(all);
        // What code sets counts before the environment, from which the sink reads, too.
        passedOver.forEach(key -> builder.set(key, all.getProperty(key.key(), key.fallback())));
        return builder;
    }

    Resource resource() {
        return resource;
    }

    List<String> columns() {
        return columns;
    }

    List<String> exclude() {
        return exclude;
    }

    List<Mask> masks() {
        return masks;
    }

    List<String> maskNames() {
        return maskNames;
    }

    boolean keepsArgs() {
        return args;
    }

    boolean wantsCaller() {
        return caller;
    }

    /** Severity number below which events leave room to others; 0 for none. */
    int dropsBelow() {
        return dropBelow;
    }

    Duration waitsAtMost() {
        return waitAtMost;
    }

    int maxEventBytes() {
        return maxEventBytes;
    }
}
