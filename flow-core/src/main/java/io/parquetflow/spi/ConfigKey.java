package io.parquetflow.spi;

import java.util.Locale;
import java.util.Optional;

/**
 * Every configuration key: its name, kind, default and bounds. The same name everywhere: {@code rotate-bytes} in a
 * properties file, {@code rotateBytes} in a builder, {@code -Dparquetflow.rotate-bytes},
 * {@code PARQUET_FLOW_ROTATE_BYTES}.
 *
 * <p>Thread-safe: immutable.
 */
public enum ConfigKey {
    /** Where segments go. */
    DIRECTORY("directory", Kind.PATH, null),
    /** The sink's name, the first part of each segment's name. */
    NAME("name", Kind.NAME, "capture"),
    /** Hive partition directories by the record's time. */
    PARTITION("partition", Kind.PARTITION, "none"),
    /** Permissions of the files we create, octal. */
    FILE_MODE("file-mode", Kind.MODE, "0640"),
    /** All memory of the sink; sizes the ring, row group, pages and codec buffers that are not set. */
    MEMORY_LIMIT("memory-limit", Kind.BYTES, "256MB", 1 << 20, 64L << 30),
    /** The ring's memory, a power of two. */
    RING_BYTES("ring-bytes", Kind.BYTES, "32MB", 64 << 10, 1L << 30),
    /** The ring's unit, a power of two. */
    BLOCK_BYTES("block-bytes", Kind.BYTES, "128", 64, 4096),
    /** The largest payload that is accepted. */
    MAX_PAYLOAD("max-payload", Kind.BYTES, "1MB", 1, 256L << 20),
    /** A row group is written when this much has been collected, before encoding. */
    ROW_GROUP_BYTES("row-group-bytes", Kind.BYTES, "16MB", 64 << 10, 1L << 30),
    /** A row group is written when it has this many rows. */
    ROW_GROUP_ROWS("row-group-rows", Kind.COUNT, "10000000", 1, 100_000_000),
    /** A page is closed at this size, before compression. */
    PAGE_BYTES("page-bytes", Kind.BYTES, "1MB", 1 << 10, 1 << 20),
    /** Compression of the pages. */
    CODEC("codec", Kind.CODEC, "zstd"),
    /** Level of that codec; zstd -7 to 22, gzip 1 to 9, the others have none. */
    CODEC_LEVEL("codec-level", Kind.COUNT, "1", -7, 22),
    /** A segment is sealed at this size. */
    ROTATE_BYTES("rotate-bytes", Kind.BYTES, "256MB", 64 << 10, 1L << 40),
    /** A segment is sealed at this age. */
    ROTATE_INTERVAL("rotate-interval", Kind.DURATION, "5m", 100L, 366L * 86_400_000),
    /** A segment is sealed at this many rows. */
    ROTATE_ROWS("rotate-rows", Kind.COUNT, "1000000000000", 1, 1_000_000_000_000L),
    /** Rotate at multiples of {@code rotate-interval} of the wall clock (UTC). */
    ROTATE_ALIGN("rotate-align", Kind.FLAG, "false"),
    /** Delete our oldest sealed segments above this total; 0 = never. */
    RETAIN_BYTES("retain-bytes", Kind.BYTES, "0", 0, Long.MAX_VALUE),
    /** Delete our sealed segments older than this; 0 = never. */
    RETAIN_AGE("retain-age", Kind.DURATION, "0", 0, 36_600L * 86_400_000),
    /** Delete our oldest sealed segments above this number; 0 = never. */
    RETAIN_FILES("retain-files", Kind.COUNT, "0", 0, 10_000_000),
    /** Stop writing while the file system has less than this free; 0 = use all of it. */
    MIN_FREE_BYTES("min-free-bytes", Kind.BYTES, "0", 0, Long.MAX_VALUE),
    /** What the writer thread does while the ring is empty. */
    WAIT("wait", Kind.WAIT, "sleep"),
    /** What survives what; see {@link Durability}. */
    DURABILITY("durability", Kind.DURABILITY, "process"),
    /** How often the journal is forced to the device; with {@code durability=power}. */
    SYNC_INTERVAL("sync-interval", Kind.DURATION, "100ms", 1, 3_600_000),
    /** Where the ring's memory lies, so that it outlives the process: on a memory file system. */
    SLAB_DIRECTORY("slab-directory", Kind.DIRECTORY, ""),
    /** How long {@code close()} drains. */
    SHUTDOWN_TIMEOUT("shutdown-timeout", Kind.DURATION, "5s", 0, 3_600_000),
    /** Class of a {@link java.util.concurrent.ThreadFactory} for the writer thread. */
    THREAD_FACTORY("thread-factory", Kind.TEXT, ""),
    /** Register an MBean. */
    JMX("jmx", Kind.FLAG, "true");

    /** What a value looks like. */
    enum Kind {
        PATH,
        DIRECTORY,
        NAME,
        TEXT,
        BYTES,
        COUNT,
        DURATION,
        FLAG,
        MODE,
        PARTITION,
        CODEC,
        WAIT,
        DURABILITY
    }

    private static final ConfigKey[] ALL = values();

    private final String key;
    private final Kind kind;
    private final String fallback;
    private final long min;
    private final long max;

    ConfigKey(String key, Kind kind, String fallback) {
        this(key, kind, fallback, 0, 0);
    }

    ConfigKey(String key, Kind kind, String fallback, long min, long max) {
        this.key = key;
        this.kind = kind;
        this.fallback = fallback;
        this.min = min;
        this.max = max;
    }

    /**
     * The key in files and on command lines.
     *
     * @return kebab case, for example {@code rotate-bytes}
     */
    public String key() {
        return key;
    }

    /**
     * The key in builders and XML.
     *
     * @return camel case, for example {@code rotateBytes}
     */
    public String camelCase() {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            s.append(key.charAt(i) == '-' ? Character.toUpperCase(key.charAt(++i)) : key.charAt(i));
        }
        return s.toString();
    }

    /**
     * The environment variable.
     *
     * @return for example {@code PARQUET_FLOW_ROTATE_BYTES}
     */
    public String environmentVariable() {
        return "PARQUET_FLOW_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * The system property.
     *
     * @return for example {@code parquetflow.rotate-bytes}
     */
    public String systemProperty() {
        return "parquetflow." + key;
    }

    /**
     * The default, as it would be written in a properties file.
     *
     * @return the text, or null where the key has to be given
     */
    public String fallback() {
        return fallback;
    }

    /**
     * The bounds as one reads them in the documentation.
     *
     * @return for example {@code 64KB to 1GB}, or the words that are allowed
     */
    public String bounds() {
        return ConfigText.bounds(this);
    }

    /**
     * Checks a value of this key alone, whatever the others are.
     *
     * @param value as in a properties file
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public void check(String value) {
        ConfigText.parse(this, value);
    }

    Kind kind() {
        return kind;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    /**
     * Finds a key.
     *
     * @param name kebab or camel case
     * @return the key, or empty when there is none of that name
     */
    public static Optional<ConfigKey> named(String name) {
        for (ConfigKey k : ALL) {
            if (k.key.equals(name) || k.camelCase().equals(name)) {
                return Optional.of(k);
            }
        }
        return Optional.empty();
    }
}
