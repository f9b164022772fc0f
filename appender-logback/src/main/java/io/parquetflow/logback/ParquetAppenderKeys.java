package io.parquetflow.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.parquetflow.spi.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Logback sets of a {@link ParquetAppender}: a setter a key, each taking what stands in the element. Sizes and durations
 * may also be written as Logback's own are.
 *
 * <p>Not thread-safe: Logback configures on one thread.
 */
public abstract class ParquetAppenderKeys extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<Mask> masks = new ArrayList<>();

    ParquetAppenderKeys() {}

    /** In kebab case. */
    final Map<String, String> keys() {
        return keys;
    }

    final List<Mask> masks() {
        return masks;
    }

    private static String size(String text) {
        try {
            Units.parseBytes(text);
            return text;
        } catch (IllegalArgumentException e) {
            try {
                return Long.toString(FileSize.valueOf(text).getSize());
            } catch (IllegalArgumentException | IllegalStateException logback) {
                return text; // to be told with its key
            }
        }
    }

    private static String time(String text) {
        try {
            Units.parseDuration(text);
            return text;
        } catch (IllegalArgumentException e) {
            try {
                return Duration.valueOf(text).getMilliseconds() + "ms";
            } catch (IllegalArgumentException | IllegalStateException logback) {
                return text;
            }
        }
    }

    /**
     * A pattern to be hidden.
     *
     * @param mask an element {@code mask}
     */
    public final void addMask(Mask mask) {
        masks.add(mask);
    }

    /**
     * Any key, {@code encoding.body=plain} for example.
     *
     * @param option key, {@code =}, value
     */
    public final void addOption(String option) {
        int equals = option.indexOf('=');
        keys.put(
                equals < 0 ? option.trim() : option.substring(0, equals).trim(),
                equals < 0 ? "" : option.substring(equals + 1).trim());
    }

    /**
     * Key {@code directory}.
     *
     * @param value as text
     */
    public final void setDirectory(String value) {
        keys.put("directory", value);
    }

    /**
     * Key {@code name}.
     *
     * @param value as text
     */
    public final void setSinkName(String value) {
        keys.put("name", value);
    }

    /**
     * Key {@code partition}.
     *
     * @param value as text
     */
    public final void setPartition(String value) {
        keys.put("partition", value);
    }

    /**
     * Key {@code file-mode}.
     *
     * @param value as text
     */
    public final void setFileMode(String value) {
        keys.put("file-mode", value);
    }

    /**
     * Key {@code slab-directory}.
     *
     * @param value as text
     */
    public final void setSlabDirectory(String value) {
        keys.put("slab-directory", value);
    }

    /**
     * Key {@code memory-limit}.
     *
     * @param value as text
     */
    public final void setMemoryLimit(String value) {
        keys.put("memory-limit", size(value));
    }

    /**
     * Key {@code ring-bytes}.
     *
     * @param value as text
     */
    public final void setRingBytes(String value) {
        keys.put("ring-bytes", size(value));
    }

    /**
     * Key {@code block-bytes}.
     *
     * @param value as text
     */
    public final void setBlockBytes(String value) {
        keys.put("block-bytes", size(value));
    }

    /**
     * Key {@code max-payload}.
     *
     * @param value as text
     */
    public final void setMaxPayload(String value) {
        keys.put("max-payload", size(value));
    }

    /**
     * Key {@code row-group-bytes}.
     *
     * @param value as text
     */
    public final void setRowGroupBytes(String value) {
        keys.put("row-group-bytes", size(value));
    }

    /**
     * Key {@code row-group-rows}.
     *
     * @param value as text
     */
    public final void setRowGroupRows(String value) {
        keys.put("row-group-rows", value);
    }

    /**
     * Key {@code page-bytes}.
     *
     * @param value as text
     */
    public final void setPageBytes(String value) {
        keys.put("page-bytes", size(value));
    }

    /**
     * Key {@code codec}.
     *
     * @param value as text
     */
    public final void setCodec(String value) {
        keys.put("codec", value);
    }

    /**
     * Key {@code codec-level}.
     *
     * @param value as text
     */
    public final void setCodecLevel(String value) {
        keys.put("codec-level", value);
    }

    /**
     * Key {@code rotate-bytes}.
     *
     * @param value as text
     */
    public final void setRotateBytes(String value) {
        keys.put("rotate-bytes", size(value));
    }

    /**
     * Key {@code rotate-interval}.
     *
     * @param value as text
     */
    public final void setRotateInterval(String value) {
        keys.put("rotate-interval", time(value));
    }

    /**
     * Key {@code rotate-rows}.
     *
     * @param value as text
     */
    public final void setRotateRows(String value) {
        keys.put("rotate-rows", value);
    }

    /**
     * Key {@code rotate-align}.
     *
     * @param value as text
     */
    public final void setRotateAlign(String value) {
        keys.put("rotate-align", value);
    }

    /**
     * Key {@code retain-bytes}.
     *
     * @param value as text
     */
    public final void setRetainBytes(String value) {
        keys.put("retain-bytes", size(value));
    }

    /**
     * Key {@code retain-age}.
     *
     * @param value as text
     */
    public final void setRetainAge(String value) {
        keys.put("retain-age", time(value));
    }

    /**
     * Key {@code retain-files}.
     *
     * @param value as text
     */
    public final void setRetainFiles(String value) {
        keys.put("retain-files", value);
    }

    /**
     * Key {@code min-free-bytes}.
     *
     * @param value as text
     */
    public final void setMinFreeBytes(String value) {
        keys.put("min-free-bytes", size(value));
    }

    /**
     * Key {@code wait}.
     *
     * @param value as text
     */
    public final void setWait(String value) {
        keys.put("wait", value);
    }

    /**
     * Key {@code durability}.
     *
     * @param value as text
     */
    public final void setDurability(String value) {
        keys.put("durability", value);
    }

    /**
     * Key {@code sync-interval}.
     *
     * @param value as text
     */
    public final void setSyncInterval(String value) {
        keys.put("sync-interval", time(value));
    }

    /**
     * Key {@code shutdown-timeout}.
     *
     * @param value as text
     */
    public final void setShutdownTimeout(String value) {
        keys.put("shutdown-timeout", time(value));
    }

    /**
     * Key {@code thread-factory}.
     *
     * @param value as text
     */
    public final void setThreadFactory(String value) {
        keys.put("thread-factory", value);
    }

    /**
     * Key {@code jmx}.
     *
     * @param value as text
     */
    public final void setJmx(String value) {
        keys.put("jmx", value);
    }

    /**
     * Key {@code service}.
     *
     * @param value as text
     */
    public final void setService(String value) {
        keys.put("service", value);
    }

    /**
     * Key {@code resource}.
     *
     * @param value as text
     */
    public final void setResource(String value) {
        keys.put("resource", value);
    }

    /**
     * Key {@code columns}.
     *
     * @param value as text
     */
    public final void setColumns(String value) {
        keys.put("columns", value);
    }

    /**
     * Key {@code exclude}.
     *
     * @param value as text
     */
    public final void setExclude(String value) {
        keys.put("exclude", value);
    }

    /**
     * Key {@code mask-names}.
     *
     * @param value as text
     */
    public final void setMaskNames(String value) {
        keys.put("mask-names", value);
    }

    /**
     * Key {@code args}.
     *
     * @param value as text
     */
    public final void setArgs(String value) {
        keys.put("args", value);
    }

    /**
     * Key {@code caller}.
     *
     * @param value as text
     */
    public final void setCaller(String value) {
        keys.put("caller", value);
    }

    /**
     * Key {@code drop-below}.
     *
     * @param value as text
     */
    public final void setDropBelow(String value) {
        keys.put("drop-below", value);
    }

    /**
     * Key {@code wait-at-most}.
     *
     * @param value as text
     */
    public final void setWaitAtMost(String value) {
        keys.put("wait-at-most", value);
    }

    /**
     * Key {@code max-event-bytes}.
     *
     * @param value as text
     */
    public final void setMaxEventBytes(String value) {
        keys.put("max-event-bytes", size(value));
    }
}
