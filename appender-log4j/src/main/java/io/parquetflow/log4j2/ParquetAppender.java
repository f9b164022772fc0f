package io.parquetflow.log4j2;

import io.parquetflow.log.EventSink;
import io.parquetflow.spi.Diagnostics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderFactory;

/**
 * A Log4j 2 appender that writes events as Parquet columns. Only the directory has to be given:
 *
 * <pre>{@code
 * <Parquet name="parquet" directory="logs"/>
 * }</pre>
 *
 * <p>Each key of the configuration is an attribute, as {@code rotateInterval="10 minutes"}. What is wrong is told by Log4j's
 * status logger: an application starts all the same.
 *
 * <p>An event is taken or dropped at once. What was dropped is counted in the files, by level.
 *
 * <p>Thread-safe.
 */
@Plugin(name = "Parquet", category = Core.CATEGORY_NAME, elementType = Appender.ELEMENT_TYPE, printObject = true)
public final class ParquetAppender extends AbstractAppender {
    private final Map<String, String> keys;
    private final Map<String, String> masks;
    private volatile EventSink<LogEvent> sink; // null where nothing can be written

    ParquetAppender(
            String name, Filter filter, boolean ignoreExceptions, Map<String, String> keys, Map<String, String> masks) {
        super(name, filter, null, ignoreExceptions, Property.EMPTY_ARRAY);
        this.keys = keys;
        this.masks = masks;
    }

    /**
     * Starts to configure an appender.
     *
     * @return a builder
     */
    @PluginBuilderFactory
    public static ParquetAppenderBuilder newBuilder() {
        return new ParquetAppenderBuilder();
    }

    /** Once: an appender that code starts before it adds it is started again with its configuration. */
    @Override
    public synchronized void start() {
        if (isStarted()) {
            return;
        }
        try {
            sink = EventSink.open(
                    getName(), keys, masks, () -> new Log4jDraft(sink.wantsCaller()), ParquetAppender::tell);
        } catch (LinkageError e) { // an application whose class path was put together by hand
            LOGGER.error("{} keeps no events: {}: add org.slf4j:slf4j-api to the class path", getName(), e, e);
        }
        super.start();
    }

    private static void tell(Diagnostics.Level level, String line, Throwable cause) {
        switch (level) {
            case DEBUG -> LOGGER.debug(line, cause);
            case INFO -> LOGGER.info(line, cause);
            case WARN -> LOGGER.warn(line, cause);
            case ERROR -> LOGGER.error(line, cause);
        }
    }

    @Override
    public void append(LogEvent event) {
        EventSink<LogEvent> to = sink;
        if (to != null && !EventSink.isOwn(event.getLoggerName())) {
            to.append(event, Log4jDraft.severity(event.getLevel()));
        }
    }

    /** Log4j gives no time: the sink has its own. */
    @Override
    public synchronized boolean stop(long timeout, TimeUnit unit) {
        setStopping();
        boolean stopped = super.stop(timeout, unit, false);
        if (sink != null) {
            sink.close();
        }
        setStopped();
        return stopped;
    }
}
