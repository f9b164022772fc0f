package io.parquetflow.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.parquetflow.log.EventDraft;
import io.parquetflow.log.Severity;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * What a Logback event says.
 *
 * <p>Not thread-safe: one thread's.
 */
final class LogbackDraft extends EventDraft<ILoggingEvent> {
    /** Markers may refer to each other in circles. */
    private static final int MOST_MARKER_DEPTH = 8;

    private final boolean caller;
    private final BiConsumer<String, Object> toAttribute = this::attribute;
    private ILoggingEvent event;

    LogbackDraft(boolean caller) {
        this.caller = caller;
    }

    /** OpenTelemetry's number. */
    static int severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.INFO_INT -> Severity.INFO;
            case Level.DEBUG_INT -> Severity.DEBUG;
            default -> Severity.TRACE;
        };
    }

    @Override
    protected void fill(ILoggingEvent from) {
        event = from;
        Instant instant = from.getInstant();
        instantNs = instant == null ? from.getTimeStamp() * 1_000_000 : epochNs(instant);
        severityText = from.getLevel().toString();
        logger = from.getLoggerName();
        template = from.getMessage();
        substituted = true;
        args = from.getArgumentArray();
        argCount = args == null ? 0 : args.length;
        Thread here = Thread.currentThread();
        threadName = from.getThreadName();
        deferred = !isNameOf(here, threadName);
        if (!deferred) {
            threadId = here.getId();
        }
        attributes(from);
        List<Marker> markers = from.getMarkerList();
        if (markers != null) {
            for (Marker marker : markers) {
                markers(marker, 0);
            }
        }
        thrown(from.getThrowableProxy());
        if (caller) {
            caller(from);
        }
    }

    /** A virtual thread has no name as a rule: Logback then makes one of its number, {@code virtual-42}. */
    private static boolean isNameOf(Thread thread, String name) {
        String own = thread.getName();
        return own.isEmpty() ? name == null || name.endsWith("-" + thread.getId()) : own.equals(name);
    }

    private void attributes(ILoggingEvent from) {
        Map<String, String> mdc = mdc(from);
        if (mdc != null && !mdc.isEmpty()) {
            mdc.forEach(toAttribute);
        }
        List<KeyValuePair> pairs = from.getKeyValuePairs();
        if (pairs != null) {
            for (int i = 0; i < pairs.size(); i++) {
                KeyValuePair pair = pairs.get(i);
                if (pair != null) {
                    attribute(pair.key, pair.value == null ? "null" : pair.value);
                }
            }
        }
    }

    private static Map<String, String> mdc(ILoggingEvent from) {
        try {
            return from.getMDCPropertyMap();
        } catch (NullPointerException e) {
            return null; // a context that somebody made by hand, without an adapter, from Logback 1.5 on
        }
    }

    private void markers(Marker marker, int depth) {
        if (marker == null) {
            return;
        }
        marker(marker.getName());
        if (depth < MOST_MARKER_DEPTH && marker.hasReferences()) {
            for (Iterator<Marker> inner = marker.iterator(); inner.hasNext(); ) {
                markers(inner.next(), depth + 1);
            }
        }
    }

    private void thrown(IThrowableProxy proxy) {
        if (proxy instanceof ThrowableProxy local) {
            thrown = local.getThrowable();
        } else if (proxy != null) {
            thrownType = proxy.getClassName(); // of another process
            thrownMessage = proxy.getMessage();
            thrownText = ThrowableProxyUtil.asString(proxy);
        }
    }

    private void caller(ILoggingEvent from) {
        StackTraceElement[] frames = from.getCallerData();
        if (frames != null && frames.length > 0) {
            codeFunction = frames[0].getClassName() + "." + frames[0].getMethodName();
            codeFile = frames[0].getFileName();
            codeLine = frames[0].getLineNumber();
        }
    }

    @Override
    protected CharSequence formatted() {
        return event.getFormattedMessage();
    }

    /** As SLF4J does it, which prints arrays element by element, and has a text for what has none. */
    @Override
    protected void appendArg(Object arg, StringBuilder to) {
        if (arg.getClass().isArray()) {
            to.append(MessageFormatter.arrayFormat("{}", new Object[] {arg}).getMessage());
        } else {
            to.append(text(arg));
        }
    }

    private static String text(Object arg) {
        try {
            return arg.toString();
        } catch (Throwable e) {
            return "[FAILED toString()]";
        }
    }

    @Override
    protected void clear() {
        super.clear();
        event = null;
    }
}
