package io.parquetflow.log4j2;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderAttribute;

/**
 * The attributes of a {@link ParquetAppender} that are keys of its sink. A nested {@code Property} is any key, {@code
 * encoding.body} for example.
 *
 * <p>Not thread-safe: Log4j configures on one thread.
 *
 * @param <B> the builder
 */
public abstract class SinkAttributes<B extends SinkAttributes<B>> extends AbstractAppender.Builder<B> {
    @PluginBuilderAttribute
    private String directory;

    @PluginBuilderAttribute
    private String sinkName;

    @PluginBuilderAttribute
    private String partition;

    @PluginBuilderAttribute
    private String fileMode;

    @PluginBuilderAttribute
    private String slabDirectory;

    @PluginBuilderAttribute
    private String memoryLimit;

    @PluginBuilderAttribute
    private String ringBytes;

    @PluginBuilderAttribute
    private String blockBytes;

    @PluginBuilderAttribute
    private String maxPayload;

    @PluginBuilderAttribute
    private String rowGroupBytes;

    @PluginBuilderAttribute
    private String rowGroupRows;

    @PluginBuilderAttribute
    private String pageBytes;

    @PluginBuilderAttribute
    private String codec;

    @PluginBuilderAttribute
    private String codecLevel;

    @PluginBuilderAttribute
    private String rotateBytes;

    @PluginBuilderAttribute
    private String rotateInterval;

    @PluginBuilderAttribute
    private String rotateRows;

    @PluginBuilderAttribute
    private String rotateAlign;

    @PluginBuilderAttribute
    private String retainBytes;

    @PluginBuilderAttribute
    private String retainAge;

    @PluginBuilderAttribute
    private String retainFiles;

    @PluginBuilderAttribute
    private String minFreeBytes;

    @PluginBuilderAttribute
    private String wait;

    @PluginBuilderAttribute
    private String durability;

    @PluginBuilderAttribute
    private String syncInterval;

    @PluginBuilderAttribute
    private String shutdownTimeout;

    @PluginBuilderAttribute
    private String threadFactory;

    @PluginBuilderAttribute
    private String jmx;

    SinkAttributes() {}

    /** In kebab case, those that were given. */
    final Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Property property : getPropertyArray() == null ? Property.EMPTY_ARRAY : getPropertyArray()) {
            keys.put(property.getName(), property.getValue());
        }
        put(keys, "directory", directory);
        put(keys, "name", sinkName);
        put(keys, "partition", partition);
        put(keys, "file-mode", fileMode);
        put(keys, "slab-directory", slabDirectory);
        put(keys, "memory-limit", memoryLimit);
        put(keys, "ring-bytes", ringBytes);
        put(keys, "block-bytes", blockBytes);
        put(keys, "max-payload", maxPayload);
        put(keys, "row-group-bytes", rowGroupBytes);
        put(keys, "row-group-rows", rowGroupRows);
        put(keys, "page-bytes", pageBytes);
        put(keys, "codec", codec);
        put(keys, "codec-level", codecLevel);
        put(keys, "rotate-bytes", rotateBytes);
        put(keys, "rotate-interval", rotateInterval);
        put(keys, "rotate-rows", rotateRows);
        put(keys, "rotate-align", rotateAlign);
        put(keys, "retain-bytes", retainBytes);
        put(keys, "retain-age", retainAge);
        put(keys, "retain-files", retainFiles);
        put(keys, "min-free-bytes", minFreeBytes);
        put(keys, "wait", wait);
        put(keys, "durability", durability);
        put(keys, "sync-interval", syncInterval);
        put(keys, "shutdown-timeout", shutdownTimeout);
        put(keys, "thread-factory", threadFactory);
        put(keys, "jmx", jmx);
        return keys;
    }

    static void put(Map<String, String> keys, String key, String value) {
        if (value != null) {
            keys.put(key, value);
        }
    }

    /**
     * Key {@code directory}.
     *
     * @param value as text
     * @return this
     */
    public B setDirectory(String value) {
        directory = value;
        return asBuilder();
    }

    /**
     * Key {@code name}.
     *
     * @param value as text
     * @return this
     */
    public B setSinkName(String value) {
        sinkName = value;
        return asBuilder();
    }

    /**
     * Key {@code partition}.
     *
     * @param value as text
     * @return this
     */
    public B setPartition(String value) {
        partition = value;
        return asBuilder();
    }

    /**
     * Key {@code file-mode}.
     *
     * @param value as text
     * @return this
     */
    public B setFileMode(String value) {
        fileMode = value;
        return asBuilder();
    }

    /**
     * Key {@code slab-directory}.
     *
     * @param value as text
     * @return this
     */
    public B setSlabDirectory(String value) {
        slabDirectory = value;
        return asBuilder();
    }

    /**
     * Key {@code memory-limit}.
     *
     * @param value as text
     * @return this
     */
    public B setMemoryLimit(String value) {
        memoryLimit = value;
        return asBuilder();
    }

    /**
     * Key {@code ring-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setRingBytes(String value) {
        ringBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code block-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setBlockBytes(String value) {
        blockBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code max-payload}.
     *
     * @param value as text
     * @return this
     */
    public B setMaxPayload(String value) {
        maxPayload = value;
        return asBuilder();
    }

    /**
     * Key {@code row-group-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setRowGroupBytes(String value) {
        rowGroupBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code row-group-rows}.
     *
     * @param value as text
     * @return this
     */
    public B setRowGroupRows(String value) {
        rowGroupRows = value;
        return asBuilder();
    }

    /**
     * Key {@code page-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setPageBytes(String value) {
        pageBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code codec}.
     *
     * @param value as text
     * @return this
     */
    public B setCodec(String value) {
        codec = value;
        return asBuilder();
    }

    /**
     * Key {@code codec-level}.
     *
     * @param value as text
     * @return this
     */
    public B setCodecLevel(String value) {
        codecLevel = value;
        return asBuilder();
    }

    /**
     * Key {@code rotate-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setRotateBytes(String value) {
        rotateBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code rotate-interval}.
     *
     * @param value as text
     * @return this
     */
    public B setRotateInterval(String value) {
        rotateInterval = value;
        return asBuilder();
    }

    /**
     * Key {@code rotate-rows}.
     *
     * @param value as text
     * @return this
     */
    public B setRotateRows(String value) {
        rotateRows = value;
        return asBuilder();
    }

    /**
     * Key {@code rotate-align}.
     *
     * @param value as text
     * @return this
     */
    public B setRotateAlign(String value) {
        rotateAlign = value;
        return asBuilder();
    }

    /**
     * Key {@code retain-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setRetainBytes(String value) {
        retainBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code retain-age}.
     *
     * @param value as text
     * @return this
     */
    public B setRetainAge(String value) {
        retainAge = value;
        return asBuilder();
    }

    /**
     * Key {@code retain-files}.
     *
     * @param value as text
     * @return this
     */
    public B setRetainFiles(String value) {
        retainFiles = value;
        return asBuilder();
    }

    /**
     * Key {@code min-free-bytes}.
     *
     * @param value as text
     * @return this
     */
    public B setMinFreeBytes(String value) {
        minFreeBytes = value;
        return asBuilder();
    }

    /**
     * Key {@code wait}.
     *
     * @param value as text
     * @return this
     */
    public B setWait(String value) {
        wait = value;
        return asBuilder();
    }

    /**
     * Key {@code durability}.
     *
     * @param value as text
     * @return this
     */
    public B setDurability(String value) {
        durability = value;
        return asBuilder();
    }

    /**
     * Key {@code sync-interval}.
     *
     * @param value as text
     * @return this
     */
    public B setSyncInterval(String value) {
        syncInterval = value;
        return asBuilder();
    }

    /**
     * Key {@code shutdown-timeout}.
     *
     * @param value as text
     * @return this
     */
    public B setShutdownTimeout(String value) {
        shutdownTimeout = value;
        return asBuilder();
    }

    /**
     * Key {@code thread-factory}.
     *
     * @param value as text
     * @return this
     */
    public B setThreadFactory(String value) {
        threadFactory = value;
        return asBuilder();
    }

    /**
     * Key {@code jmx}.
     *
     * @param value as text
     * @return this
     */
    public B setJmx(String value) {
        jmx = value;
        return asBuilder();
    }
}
