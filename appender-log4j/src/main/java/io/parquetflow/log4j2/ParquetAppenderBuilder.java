package io.parquetflow.log4j2;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.util.Builder;

/**
 * What Log4j sets of a {@link ParquetAppender}: an attribute a key.
 *
 * <p>Not thread-safe: Log4j configures on one thread.
 */
public final class ParquetAppenderBuilder extends SinkAttributes<ParquetAppenderBuilder>
        implements Builder<ParquetAppender> {
    @PluginElement("Mask")
    private Mask[] masks = {};

    @PluginBuilderAttribute
    private String service;

    @PluginBuilderAttribute
    private String resource;

    @PluginBuilderAttribute
    private String columns;

    @PluginBuilderAttribute
    private String exclude;

    @PluginBuilderAttribute
    private String maskNames;

    @PluginBuilderAttribute
    private String args;

    @PluginBuilderAttribute
    private String caller;

    @PluginBuilderAttribute
    private String dropBelow;

    @PluginBuilderAttribute
    private String waitAtMost;

    @PluginBuilderAttribute
    private String maxEventBytes;

    /** For Log4j, and for configuration by code. */
    public ParquetAppenderBuilder() {}

    @Override
    public ParquetAppender build() {
        Map<String, String> all = keys();
        put(all, "service", service);
        put(all, "resource", resource);
        put(all, "columns", columns);
        put(all, "exclude", exclude);
        put(all, "mask-names", maskNames);
        put(all, "args", args);
        put(all, "caller", caller);
        put(all, "drop-below", dropBelow);
        put(all, "wait-at-most", waitAtMost);
        put(all, "max-event-bytes", maxEventBytes);
        Map<String, String> hidden = new LinkedHashMap<>();
        for (Mask mask : masks) {
            hidden.put(mask.pattern(), mask.replacement());
        }
        String ownName = getName() == null ? "PARQUET" : getName();
        return new ParquetAppender(ownName, getFilter(), isIgnoreExceptions(), all, hidden);
    }

    /**
     * Patterns to be hidden.
     *
     * @param elements {@code Mask}
     * @return this
     */
    public ParquetAppenderBuilder setMasks(Mask... elements) {
        masks = elements.clone();
        return this;
    }

    /**
     * Key {@code service}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setService(String value) {
        service = value;
        return this;
    }

    /**
     * Key {@code resource}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setResource(String value) {
        resource = value;
        return this;
    }

    /**
     * Key {@code columns}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setColumns(String value) {
        columns = value;
        return this;
    }

    /**
     * Key {@code exclude}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setExclude(String value) {
        exclude = value;
        return this;
    }

    /**
     * Key {@code mask-names}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setMaskNames(String value) {
        maskNames = value;
        return this;
    }

    /**
     * Key {@code args}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setArgs(String value) {
        args = value;
        return this;
    }

    /**
     * Key {@code caller}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setCaller(String value) {
        caller = value;
        return this;
    }

    /**
     * Key {@code drop-below}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setDropBelow(String value) {
        dropBelow = value;
        return this;
    }

    /**
     * Key {@code wait-at-most}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setWaitAtMost(String value) {
        waitAtMost = value;
        return this;
    }

    /**
     * Key {@code max-event-bytes}.
     *
     * @param value as text
     * @return this
     */
    public ParquetAppenderBuilder setMaxEventBytes(String value) {
        maxEventBytes = value;
        return this;
    }
}
