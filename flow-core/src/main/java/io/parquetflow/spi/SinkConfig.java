package io.parquetflow.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * A sink's configuration: every key of {@link ConfigKey} with a value that was checked. Where a key is given more than
 * once, the first of these wins: code ({@link Builder#set}), system property, environment variable, properties file,
 * default.
 *
 * <p>Thread-safe: immutable.
 */
public final class SinkConfig {
    private final Map<ConfigKey, Object> values = new EnumMap<>(ConfigKey.class);
    private final Map<ConfigKey, Object> given;
    private final Map<String, ColumnOptions> columns;
    /** Dotted paths that code or a file names: of this sink, unlike those of system properties. */
    private final Set<String> ownColumns;

    private SinkConfig(Map<ConfigKey, Object> given, Map<String, ColumnOptions> columns, Set<String> ownColumns) {
        this.given = given;
        this.columns = columns;
        this.ownColumns = ownColumns;
        for (ConfigKey key : ConfigKey.values()) {
            Object value = given.get(key);
            if (value == null) {
                if (key.fallback() == null) {
                    throw new IllegalArgumentException(
                            "missing configuration: key=" + key.key() + ": there is no default, so it has to be given");
                }
                value = ConfigText.parse(key, key.fallback());
            }
            values.put(key, value);
        }
        checkTogether();
    }

    private void checkTogether() {
        powerOfTwo(ConfigKey.RING_BYTES);
        powerOfTwo(ConfigKey.BLOCK_BYTES);
        int level = codecLevel();
        if (codec() == Codec.GZIP && isGiven(ConfigKey.CODEC_LEVEL) && (level < 1 || level > 9)) {
            throw new IllegalArgumentException(
                    "invalid configuration: key=codec-level, value=" + level + ": gzip has levels 1 to 9");
        }
    }

    private void powerOfTwo(ConfigKey key) {
        long value = number(key);
        if (Long.bitCount(value) != 1) {
            throw new IllegalArgumentException("invalid configuration: key=" + key.key() + ", value=" + value
                    + ": not a power of two; take " + Units.bytes(Long.highestOneBit(value)));
        }
    }

    /**
     * The same but for some keys.
     *
     * @param changes as in a properties file
     * @return another configuration
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public SinkConfig with(Map<ConfigKey, String> changes) {
        Map<ConfigKey, Object> changed = new EnumMap<>(ConfigKey.class);
        changed.putAll(given);
        changes.forEach((key, text) -> changed.put(key, ConfigText.parse(key, text)));
        return new SinkConfig(changed, columns, ownColumns);
    }

    /**
     * Starts an empty configuration.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Tells a value that was given from a default.
     *
     * @param key the key
     * @return true when code, a property, the environment or a file gave the value
     */
    public boolean isGiven(ConfigKey key) {
        return given.containsKey(key);
    }

    /**
     * Reads a number: bytes, a count, or the file mode.
     *
     * @param key a key of such a kind
     * @return the value
     */
    public long number(ConfigKey key) {
        return ((Number) values.get(key)).longValue();
    }

    /**
     * Reads a duration.
     *
     * @param key a key of that kind
     * @return the value
     */
    public Duration duration(ConfigKey key) {
        return (Duration) values.get(key);
    }

    /**
     * Reads a flag.
     *
     * @param key a key of that kind
     * @return the value
     */
    public boolean flag(ConfigKey key) {
        return (Boolean) values.get(key);
    }

    /**
     * Reads a text.
     *
     * @param key a key of that kind
     * @return the value, maybe empty
     */
    public String text(ConfigKey key) {
        return (String) values.get(key);
    }

    /**
     * {@code encoding.<column>}, {@code bloom.<column>}, {@code codec.<column>} and {@code repair.<column>}.
     *
     * @return by dotted path; columns without such keys have no entry; see {@link #isOwnColumn}
     */
    public Map<String, ColumnOptions> columns() {
        return columns;
    }

    /**
     * Tells a column that code or a properties file names from one that only system properties name. Those hold for every
     * sink of the process, and not every sink has the column.
     *
     * @param path dotted
     * @return false when no key, or only a system property names it
     */
    public boolean isOwnColumn(String path) {
        return ownColumns.contains(path);
    }

    /**
     * {@code directory}.
     *
     * @return the directory
     */
    public Path directory() {
        return (Path) values.get(ConfigKey.DIRECTORY);
    }

    /**
     * {@code name}.
     *
     * @return the sink's name
     */
    public String name() {
        return text(ConfigKey.NAME);
    }

    /**
     * {@code partition}.
     *
     * @return the partition scheme
     */
    public Partition partition() {
        return (Partition) values.get(ConfigKey.PARTITION);
    }

    /**
     * {@code codec}.
     *
     * @return the codec
     */
    public Codec codec() {
        return (Codec) values.get(ConfigKey.CODEC);
    }

    /**
     * {@code codec-level}.
     *
     * @return the level
     */
    public int codecLevel() {
        return Math.toIntExact(number(ConfigKey.CODEC_LEVEL));
    }

    /**
     * {@code wait}.
     *
     * @return what the writer thread does at rest
     */
    public WaitMode waitMode() {
        return (WaitMode) values.get(ConfigKey.WAIT);
    }

    /**
     * {@code slab-directory}.
     *
     * @return empty where the platform's is to be taken
     */
    public Optional<Path> slabDirectory() {
        String text = (String) values.get(ConfigKey.SLAB_DIRECTORY);
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    /**
     * {@code durability}.
     *
     * @return what survives what
     */
    public Durability durability() {
        return (Durability) values.get(ConfigKey.DURABILITY);
    }

    /** Collects values. Not thread-safe. */
    public static final class Builder {
        private final Map<ConfigKey, String> code = new EnumMap<>(ConfigKey.class);
        private final Map<ConfigKey, String> file = new EnumMap<>(ConfigKey.class);
        private final ColumnKeys codeColumns = new ColumnKeys();
        private final ColumnKeys fileColumns = new ColumnKeys();

        private Builder() {}

        /**
         * Sets a value from code; it wins over every other place.
         *
         * @param key the key
         * @param value as in a properties file
         * @return this
         */
        public Builder set(ConfigKey key, String value) {
            code.put(key, value);
            return this;
        }

        /**
         * Sets how one column is written; it wins over {@code encoding.<column>} and the like in every other place.
         *
         * @param path dotted
         * @param options encoding, bloom filter, codec
         * @return this
         */
        public Builder column(String path, ColumnOptions options) {
            codeColumns.put(path, options);
            return this;
        }

        /**
         * Adds the keys of a properties file; code, system properties and the environment win over them.
         *
         * @param properties keys in kebab or camel case
         * @return this
         * @throws IllegalArgumentException when a key is unknown
         */
        public Builder properties(Properties properties) {
            for (String name : properties.stringPropertyNames()) {
                if (fileColumns.take(name, properties.getProperty(name))) {
                    continue;
                }
                Optional<ConfigKey> key = ConfigKey.named(name);
                if (key.isEmpty()) {
                    throw new IllegalArgumentException(
                            "unknown configuration: key=" + name + ": see docs/configuration.md for the keys");
                }
                file.put(key.get(), properties.getProperty(name));
            }
            return this;
        }

        /**
         * Adds the keys of a properties file.
         *
         * @param path the file, ISO-8859-1 as {@link Properties} has it
         * @return this
         * @throws IOException when it cannot be read
         * @throws IllegalArgumentException when a key is unknown
         */
        public Builder properties(Path path) throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(path)) {
                properties.load(in);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("[" + path + "] not a properties file: " + e.getMessage(), e);
            }
            return properties(properties);
        }

        /**
         * Checks every value.
         *
         * @return the configuration
         * @throws IllegalArgumentException naming the key, the value and what is allowed
         */
        public SinkConfig build() {
            Map<ConfigKey, Object> given = new EnumMap<>(ConfigKey.class);
            for (ConfigKey key : ConfigKey.values()) {
                String text = code.get(key);
                if (text == null) {
                    text = System.getProperty(key.systemProperty());
                }
                if (text == null) {
                    text = System.getenv(key.environmentVariable());
                }
                if (text == null) {
                    text = file.get(key);
                }
                if (text != null) {
                    given.put(key, ConfigText.parse(key, text));
                }
            }
            ColumnKeys columns = new ColumnKeys();
            columns.addAll(fileColumns);
            columns.takeSystemProperties();
            columns.addAll(codeColumns);
            Set<String> own = new HashSet<>(fileColumns.all().keySet());
            own.addAll(codeColumns.all().keySet());
            return new SinkConfig(given, columns.all(), own);
        }
    }
}
