package io.parquetflow.log4j2;

import io.parquetflow.log.EventDraft;
import io.parquetflow.log.Severity;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.time.Instant;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ParameterConsumer;
import org.apache.logging.log4j.message.ParameterVisitable;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.message.ReusableMessage;
import org.apache.logging.log4j.message.ReusableObjectMessage;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.apache.logging.log4j.util.StringBuilderFormattable;
import org.apache.logging.log4j.util.TriConsumer;

/**
 * What a Log4j event says. Event, message and parameters may be used again by Log4j as soon as the appender returns.
 *
 * <p>Not thread-safe: one thread's.
 */
final class Log4jDraft extends EventDraft<LogEvent> {
    /** Markers may refer to each other in circles. */
    private static final int MOST_MARKER_DEPTH = 8;

    private static final int MOST_KEPT_CHARS = 16 << 10;

    private static final int[] STANDARD = {
        Level.FATAL.intLevel(),
        Level.ERROR.intLevel(),
        Level.WARN.intLevel(),
        Level.INFO.intLevel(),
        Level.DEBUG.intLevel(),
        Level.TRACE.intLevel()
    };
    private static final int[] NUMBERS = {
        Severity.FATAL, Severity.ERROR, Severity.WARN, Severity.INFO, Severity.DEBUG, Severity.TRACE
    };
    private static final int MOST_WITHIN_A_RANGE = 3;
    private static final int LEVELS_BETWEEN = 100;

    private static final TriConsumer<String, Object, Log4jDraft> TO_ATTRIBUTE =
            (name, value, draft) -> draft.attribute(name, value);
    private static final ParameterConsumer<Log4jDraft> TO_ARGUMENT = (arg, index, draft) -> draft.argument(arg);

    private final boolean caller;
    private Object[] held = new Object[16];
    private StringBuilder text = new StringBuilder(256);
    private Message message;

    Log4jDraft(boolean caller) {
        this.caller = caller;
    }

    /** OpenTelemetry's number; a level between two standard ones is in the range of the less severe one. */
    static int severity(Level level) {
        int log4j = level.intLevel();
        for (int i = 0; i < STANDARD.length; i++) {
            int above = STANDARD[i] - log4j;
            if (above == 0) {
                return NUMBERS[i];
            }
            if (above > 0) {
                int within = above * (MOST_WITHIN_A_RANGE + 1) / LEVELS_BETWEEN;
                return NUMBERS[i] + Math.max(1, Math.min(MOST_WITHIN_A_RANGE, within));
            }
        }
        return Severity.TRACE;
    }

    @Override
    protected void fill(LogEvent event) {
        message = event.getMessage();
        Instant instant = event.getInstant();
        instantNs = epochNs(instant.getEpochSecond(), instant.getNanoOfSecond());
        severityText = event.getLevel().name();
        logger = event.getLoggerName();
        thrown = event.getThrown();
        message();
        threadName = event.getThreadName();
        threadId = event.getThreadId();
        deferred = threadId != Thread.currentThread().getId();
        if (!event.getContextData().isEmpty()) {
            event.getContextData().forEach(TO_ATTRIBUTE, this);
        }
        ThreadContext.ContextStack stack = event.getContextStack();
        if (stack != null && stack.getDepth() > 0) {
            List<String> elements = stack.asList();
            for (int i = 0; i < elements.size(); i++) {
                context(elements.get(i));
            }
        }
        markers(event.getMarker(), 0);
        if (caller) {
            caller(event);
        }
    }

    @SuppressWarnings("deprecation") // nothing else says what the code has: the template
    private void message() {
        template = message.getFormat();
        substituted = template != null
                && (message instanceof ParameterizedMessage
                        || message instanceof SimpleMessage
                        || message instanceof ReusableMessage);
        if (message instanceof MapMessage<?, ?> map) {
            template = null;
            map.forEach(TO_ATTRIBUTE, this);
            if (message instanceof StructuredDataMessage structured && structured.getId() != null) {
                attribute("event.name", structured.getId().toString());
            }
        } else if (message instanceof ObjectMessage || message instanceof ReusableObjectMessage) {
            template = null; // an object's text is a body, and nothing that comes again
        } else if (template != null) {
            arguments();
        }
    }

    private void arguments() {
        if (message instanceof ParameterVisitable visitable) {
            visitable.forEachParameter(TO_ARGUMENT, this);
            args = held;
        } else {
            args = message.getParameters();
            argCount = args == null ? 0 : args.length;
        }
        // What was thrown is no argument of the text: it has columns of its own.
        if (argCount > 0 && thrown != null && args[argCount - 1] == thrown) {
            argCount--;
        }
    }

    private void argument(Object arg) {
        if (argCount == held.length) {
            held = Arrays.copyOf(held, 2 * argCount);
        }
        held[argCount++] = arg;
    }

    private void markers(Marker marker, int depth) {
        if (marker == null) {
            return;
        }
        marker(marker.getName());
        if (depth < MOST_MARKER_DEPTH && marker.hasParents()) {
            for (Marker parent : marker.getParents()) {
                markers(parent, depth + 1);
            }
        }
    }

    private void caller(LogEvent event) {
        StackTraceElement frame = event.getSource();
        if (frame != null) {
            codeFunction = frame.getClassName() + "." + frame.getMethodName();
            codeFile = frame.getFileName();
            codeLine = frame.getLineNumber();
        }
    }

    @Override
    protected CharSequence formatted() {
        if (!(message instanceof StringBuilderFormattable formattable)) {
            return message.getFormattedMessage();
        }
        if (text.capacity() > MOST_KEPT_CHARS) {
            text = new StringBuilder(256);
        }
        text.setLength(0);
        formattable.formatTo(text);
        return text;
    }

    @Override
    protected void appendArg(Object arg, StringBuilder to) {
        if (arg instanceof StringBuilderFormattable formattable) {
            formattable.formatTo(to);
        } else {
            to.append(ParameterizedMessage.deepToString(arg));
        }
    }

    @Override
    protected void clear() {
        Arrays.fill(held, 0, Math.min(argCount + 1, held.length), null);
        message = null;
        super.clear();
    }
}
