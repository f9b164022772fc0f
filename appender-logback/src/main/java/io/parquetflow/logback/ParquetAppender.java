package io.parquetflow.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.parquetflow.log.EventSink;
import io.parquetflow.spi.Diagnostics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Logback appender that writes events as Parquet columns. Only the directory has to be given:
 *
 * <pre>{@code
 * <appender name="PARQUET" class="io.parquetflow.logback.ParquetAppender">
 *   <directory>logs</directory>
 * </appender>
 * }</pre>
 *
 * <p>Each key of the configuration is an element of its own, as {@code <rotateInterval>10 minutes</rotateInterval>}. What is
 * wrong is told in Logback's status, as a warning: an application starts all the same.
 *
 * <p>An event is taken or dropped at once. What was dropped is counted in the files, by level.
 *
 * <p>Thread-safe once started; to be configured by one thread, which Logback is.
 */
public final class ParquetAppender extends ParquetAppenderKeys {
    private volatile EventSink<ILoggingEvent> sink;

    /** For Logback. */
    public ParquetAppender() {}

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        String tooOld = LogbackVersion.tooOld();
        if (tooOld != null) {
            addWarn(tooOld);
            return;
        }
        String ownName = getName() == null ? "PARQUET" : getName();
        sink = EventSink.open(ownName, keys(), allMasks(), () -> new LogbackDraft(sink.wantsCaller()), this::tell);
        super.start();
    }

    /** A mask that nobody can read hides everything: what was to be hidden must not be written because of that. */
    private Map<String, String> allMasks() {
        Map<String, String> all = new LinkedHashMap<>();
        int unread = 0;
        for (Mask mask : masks()) {
            if (mask.getPattern() == null) {
                unread++;
            } else {
                all.put(mask.getPattern(), mask.getReplacement());
            }
        }
        if (unread > 0 && attributesOfMasks(all) < unread) {
            all.put("(?s).+", "[mask without a pattern]");
            addWarn("invalid configuration: key=mask: a mask without a pattern, so every text is hidden; write"
                    + " <mask><pattern>...</pattern><replacement>...</replacement></mask>");
        }
        return all;
    }

    private int attributesOfMasks(Map<String, String> all) {
        try {
            return new MaskAttributes(getContext(), getName()).addTo(all);
        } catch (IOException | RuntimeException e) {
            addWarn("the configuration cannot be read for the attributes of mask: " + e, e);
            return 0;
        }
    }

    /** Never an error: Spring Boot makes of one that the application does not start. */
    private void tell(Diagnostics.Level level, String line, Throwable cause) {
        switch (level) {
            case DEBUG, INFO -> addInfo(line);
            case WARN, ERROR -> {
                if (cause == null) {
                    addWarn(line);
                } else {
                    addWarn(line, cause);
                }
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!EventSink.isOwn(event.getLoggerName())) {
            sink.append(event, LogbackDraft.severity(event.getLevel()));
        }
    }

    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        sink.close();
    }
}
