package io.parquetflow.log;

import java.time.Instant;
import java.util.Arrays;

/**
 * What an appender finds in an event of its framework. Filled anew for each event; it holds the framework's own objects,
 * and only until the event is a row.
 *
 * <p>Not thread-safe: one thread's.
 *
 * @param <E> the framework's event
 */
public abstract class EventDraft<E> {
    /** Of {@link #threadId}, {@link #codeLine} and the like: there is none. */
    public static final int NONE = -1;

    /** An event with more says so in {@code truncated}. */
    static final int MOST_ATTRIBUTES = 256;

    private static final int FIRST_ATTRIBUTES = 16;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long MOST_SECONDS = Long.MAX_VALUE / NS_PER_SECOND - 1;

    /** When the event happened, epoch nanoseconds. */
    public long instantNs;
    /** OpenTelemetry's, 1 to 24. */
    public int severityNumber;
    /** The level's own name. */
    public String severityText;
    /** The logger's name. */
    public String logger;
    /** The message as the code has it, with {@code {}} for arguments; null where there is only a text. */
    public String template;
    /** Arguments, in the first {@link #argCount} places. */
    public Object[] args;
    /** How many. */
    public int argCount;
    /** Whether the message is the template with each {@code {}} replaced by an argument's text, and nothing else. */
    public boolean substituted;
    /** Whether the message was formatted on another thread, some time ago: its arguments may have changed since. */
    public boolean deferred;
    /** The thread's name, or null. */
    public String threadName;
    /** The thread's number, or {@link #NONE}. */
    public long threadId = NONE;
    /** What was thrown, or null. */
    public Throwable thrown;
    /** Stack trace of something thrown of which there is only this; null where there is {@link #thrown}, or nothing. */
    public String thrownText;
    /** Its class. */
    public String thrownType;
    /** Its message. */
    public String thrownMessage;
    /** The calling method, with its class; null where nobody asked. */
    public String codeFunction;
    /** Its file. */
    public String codeFile;
    /** Its line, or {@link #NONE}. */
    public int codeLine = NONE;

    private String[] names = new String[FIRST_ATTRIBUTES];
    private Object[] values = new Object[FIRST_ATTRIBUTES];
    private int attributes;
    private String[] markers = new String[FIRST_ATTRIBUTES];
    private int markerCount;
    private String[] ndc = new String[FIRST_ATTRIBUTES];
    private int ndcCount;
    private boolean tooMany;

    /** For subclasses. */
    protected EventDraft() {}

    /**
     * A framework's instant as {@link #instantNs} has it.
     *
     * @param instant any between 1677 and 2262; others become the nearest of these
     * @return epoch nanoseconds
     */
    public static long epochNs(Instant instant) {
        return epochNs(instant.getEpochSecond(), instant.getNano());
    }

    /**
     * A framework's instant as {@link #instantNs} has it.
     *
     * @param second since the epoch
     * @param nano within the second
     * @return epoch nanoseconds, the nearest that a {@code long} can hold
     */
    public static long epochNs(long second, int nano) {
        return Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, second)) * NS_PER_SECOND + nano;
    }

    /**
     * Fills in an event; everything is empty before.
     *
     * @param event of the framework, which may use it again afterwards
     */
    protected abstract void fill(E event);

    /**
     * The message with its arguments, as the framework makes it. Asked for only where template and arguments do not say it.
     *
     * @return a text, used before the next call
     */
    protected abstract CharSequence formatted();

    /**
     * What an argument looks like in the framework's message; not asked for texts, numbers and the like.
     *
     * @param arg not null
     * @param to takes the text
     */
    protected abstract void appendArg(Object arg, StringBuilder to);

    /**
     * Adds an attribute; a later one of the same name counts.
     *
     * @param name the name; null is left out
     * @param value text, number or anything else; null is left out
     */
    public final void attribute(String name, Object value) {
        if (name == null || value == null) {
            return;
        }
        for (int i = 0; i < attributes; i++) {
            if (names[i].equals(name)) {
                values[i] = value;
                return;
            }
        }
        if (attributes == MOST_ATTRIBUTES) {
            tooMany = true;
            return;
        }
        if (attributes == names.length) {
            names = Arrays.copyOf(names, 2 * attributes);
            values = Arrays.copyOf(values, 2 * attributes);
        }
        names[attributes] = name;
        values[attributes++] = value;
    }

    /**
     * Adds a marker.
     *
     * @param name its name
     */
    public final void marker(String name) {
        markers = add(markers, markerCount, name);
        markerCount = Math.min(markerCount + 1, MOST_ATTRIBUTES);
    }

    /**
     * Adds an element of the nested diagnostic context, the outermost first.
     *
     * @param text the element
     */
    public final void context(String text) {
        ndc = add(ndc, ndcCount, text);
        ndcCount = Math.min(ndcCount + 1, MOST_ATTRIBUTES);
    }

    private String[] add(String[] to, int count, String text) {
        if (count == MOST_ATTRIBUTES) {
            tooMany = true;
            return to;
        }
        String[] grown = count == to.length ? Arrays.copyOf(to, 2 * count) : to;
        grown[count] = text;
        return grown;
    }

    final boolean hasTooMany() {
        return tooMany;
    }

    final int attributes() {
        return attributes;
    }

    final String name(int attribute) {
        return names[attribute];
    }

    final Object value(int attribute) {
        return values[attribute];
    }

    final int markers() {
        return markerCount;
    }

    final String markerAt(int i) {
        return markers[i];
    }

    final int contexts() {
        return ndcCount;
    }

    final String contextAt(int i) {
        return ndc[i];
    }

    /** Forgets the event: nothing of the application is kept alive by a thread that logged it once. */
    protected void clear() {
        Arrays.fill(values, 0, attributes, null);
        Arrays.fill(names, 0, attributes, null);
        Arrays.fill(markers, 0, markerCount, null);
        Arrays.fill(ndc, 0, ndcCount, null);
        attributes = 0;
        markerCount = 0;
        ndcCount = 0;
        tooMany = false;
        template = null;
        args = null;
        argCount = 0;
        deferred = false;
        substituted = false;
        threadName = null;
        threadId = NONE;
        thrown = null;
        thrownText = null;
        thrownType = null;
        thrownMessage = null;
        codeFunction = null;
        codeFile = null;
        codeLine = NONE;
    }
}
