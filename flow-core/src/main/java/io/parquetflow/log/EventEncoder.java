package io.parquetflow.log;

import io.parquetflow.column.PackedShredder;
import io.parquetflow.log.AttributeRules.Part;
import io.parquetflow.log.AttributeRules.Rule;
import java.util.Arrays;

/**
 * Makes a packed row of an event, on the caller's thread: nothing of the event is looked at later. The columns are written
 * in the order of {@link LogSchema}. Allocates nothing where the event's texts are ASCII or known, and its values are texts
 * and whole numbers.
 *
 * <p>Where nothing is to be hidden, the body does not travel: the writer thread puts it together from template and
 * arguments.
 *
 * <p>Not thread-safe: one thread's.
 */
final class EventEncoder {
    /** Names, of which no event has many. */
    private static final int MOST_NAME_BYTES = 1_024;

    /** Masks see more of a stack trace than is kept: the front of a secret must not stay because its end was cut off. */
    private static final int CUT_BEHIND_MASKS = 4 << 10;

    private static final int MOST_ARGS = 256;
    private static final int HEX = 16;
    private static final int TRACE_ID_DIGITS = 2 * LogSchema.TRACE_ID_BYTES;
    private static final int SPAN_ID_DIGITS = 2 * LogSchema.SPAN_ID_BYTES;

    private final EventForm form;
    private final AttributeRules rules;
    private final Masks masks; // or null
    private final TextCache cache;
    private final PackedRow row;
    private final ArgumentText text;

    // Of the event at hand, by attribute.
    private Rule[] ruleOf = new Rule[16];
    private final int[] promoted;

    EventEncoder(EventForm form) {
        this.form = form;
        this.masks = form.masks();
        this.rules = form.rules(this::shown);
        this.cache = new TextCache(masks);
        this.row = new PackedRow(form.mostBytes());
        this.text = new ArgumentText();
        this.promoted = new int[form.promoted()];
    }

    byte[] array() {
        return row.array();
    }

    /** Answers the row's length. */
    int encode(EventDraft<?> event) {
        row.begin(form.start());
        row.putInt(event.severityNumber);
        name(event.severityText);
        name(event.logger == null ? "" : event.logger);
        message(event);
        sort(event);
        part(event, Part.EVENT_NAME, LogSchema.EVENT_NAME);
        thread(event);
        traces(event);
        texts(event);
        longs(event);
        doubles(event);
        lists(event);
        thrown(event);
        code(event);
        int truncatedAt = row.size();
        row.putByte(0);
        promotedColumns(event);
        row.setByte(truncatedAt, row.isCut() || event.hasTooMany() ? 1 : 0);
        return row.size();
    }

    // ---- texts

    /** A text that comes again and again. */
    private void name(String name) {
        byte[] known = cache.get(name);
        if (known != null && known.length <= MOST_NAME_BYTES && row.hasRoom(known.length)) {
            row.putText(known);
        } else {
            row.putText(shown(name), row.size() + Integer.BYTES + MOST_NAME_BYTES);
        }
    }

    private void optionalName(int leaf, String name) {
        if (name != null) {
            row.level(leaf, 1);
            name(name);
        }
    }

    private CharSequence shown(CharSequence plain) {
        return masks == null ? plain : masks.apply(plain);
    }

    /** Three quarters of the row may be the message, an eighth each is kept for attributes and for what was thrown. */
    private int messageEnd() {
        return row.limit() - form.maxEventBytes() / 4;
    }

    private int attributesEnd() {
        return row.limit() - form.maxEventBytes() / 8;
    }

    // ---- message

    private void message(EventDraft<?> event) {
        String template = event.template;
        boolean composed = template != null && event.substituted && masks == null && isComposable(event, template);
        if (composed) {
            row.putInt(PackedShredder.COMPOSED);
        } else {
            CharSequence body = event.formatted();
            row.putText(shown(body == null ? "null" : body), messageEnd());
        }
        if (template != null) {
            row.level(LogSchema.TEMPLATE, 1);
            byte[] known = cache.get(template);
            if (known != null && row.hasRoom(known.length)) {
                row.putText(known);
            } else {
                row.putText(shown(template), composed ? messageEnd() : row.size() + form.maxEventBytes() / 16);
            }
        }
        if (event.argCount > 0 && form.keepsArgs()) {
            args(event, composed ? messageEnd() : row.size() + form.maxEventBytes() / 16);
        }
    }

    /** Whether replacing each {@code {}} by an argument's text is what the framework does. */
    private boolean isComposable(EventDraft<?> event, String template) {
        if (event.argCount == 0) {
            return true;
        }
        if (!form.keepsArgs() || event.argCount > MOST_ARGS || template.indexOf('\\') >= 0) {
            return false;
        }
        for (int i = 0; i < event.argCount; i++) {
            Object arg = event.args[i];
            if (arg instanceof Throwable || (event.deferred && !ArgumentText.isImmutable(arg))) {
                return false;
            }
        }
        return true;
    }

    private void args(EventDraft<?> event, int end) {
        int count = Math.min(event.argCount, MOST_ARGS);
        row.level(LogSchema.ARGS, LogSchema.VALUE_LEVEL);
        row.putInt(count);
        if (count < event.argCount) {
            row.cut();
        }
        for (int i = 0; i < count; i++) {
            Object arg = event.args[i];
            if (arg == null) {
                row.putByte(LogSchema.NULL_LEVEL);
            } else {
                row.putByte(LogSchema.VALUE_LEVEL);
                row.putText(shown(text.of(arg, event)), Math.max(end, row.size() + Integer.BYTES));
            }
        }
    }

    // ---- attributes

    /** What becomes of each. */
    private void sort(EventDraft<?> event) {
        int count = event.attributes();
        if (ruleOf.length < count) {
            ruleOf = new Rule[Math.max(count, 2 * ruleOf.length)];
        }
        Arrays.fill(promoted, EventDraft.NONE);
        for (int i = 0; i < count; i++) {
            Rule rule = rules.of(event.name(i));
            ruleOf[i] = rule.excluded() ? null : rule;
            if (rule.isPromoted() && !rule.excluded()) {
                promoted[rule.promoted()] = i;
            }
        }
    }

    private int find(EventDraft<?> event, Part part) {
        for (int i = 0; i < event.attributes(); i++) {
            if (ruleOf[i] != null && ruleOf[i].part() == part && isWellFormed(part, event.value(i))) {
                return i;
            }
        }
        return EventDraft.NONE;
    }

    /** What is no trace is an attribute like any other. */
    private static boolean isWellFormed(Part part, Object value) {
        return switch (part) {
            case TRACE_ID -> isHex(value, TRACE_ID_DIGITS) || isHex(value, SPAN_ID_DIGITS);
            case SPAN_ID -> isHex(value, SPAN_ID_DIGITS);
            case TRACE_FLAGS -> isHex(value, 2);
            case EVENT_NAME -> value instanceof CharSequence;
            case PLAIN -> false;
        };
    }

    private static boolean isHex(Object value, int digits) {
        if (!(value instanceof CharSequence s) || s.length() != digits) {
            return false;
        }
        for (int i = 0; i < digits; i++) {
            if (Character.digit(s.charAt(i), HEX) < 0) {
                return false;
            }
        }
        return true;
    }

    private void part(EventDraft<?> event, Part part, int leaf) {
        int at = find(event, part);
        if (at >= 0) {
            row.level(leaf, 1);
            row.putText(shownValue(event, at), row.size() + Integer.BYTES + MOST_NAME_BYTES);
            taken(at);
        }
    }

    /** It has a column: it is no attribute besides, unless it was asked for as another column, too. */
    private void taken(int attribute) {
        ruleOf[attribute] = ruleOf[attribute].isPromoted() ? ruleOf[attribute] : null;
    }

    private void thread(EventDraft<?> event) {
        optionalName(LogSchema.THREAD_NAME, event.threadName);
        if (event.threadId >= 0) {
            row.level(LogSchema.THREAD_ID, 1);
            row.putLong(event.threadId);
        }
    }

    private void traces(EventDraft<?> event) {
        hex(event, Part.TRACE_ID, LogSchema.TRACE_ID, TRACE_ID_DIGITS);
        hex(event, Part.SPAN_ID, LogSchema.SPAN_ID, SPAN_ID_DIGITS);
        int flags = find(event, Part.TRACE_FLAGS);
        if (flags >= 0) {
            row.level(LogSchema.TRACE_FLAGS, 1);
            CharSequence digits = (CharSequence) event.value(flags);
            row.putInt(digit(digits, 0) * HEX + digit(digits, 1));
            taken(flags);
        }
    }

    /** A short trace id has zeros in front. */
    private void hex(EventDraft<?> event, Part part, int leaf, int digits) {
        int at = find(event, part);
        if (at < 0) {
            return;
        }
        row.level(leaf, 1);
        CharSequence id = (CharSequence) event.value(at);
        for (int i = id.length(); i < digits; i += 2) {
            row.putByte(0);
        }
        for (int i = 0; i < id.length(); i += 2) {
            row.putByte(digit(id, i) * HEX + digit(id, i + 1));
        }
        taken(at);
    }

    private static int digit(CharSequence text, int at) {
        return Character.digit(text.charAt(at), HEX);
    }

    /** Names first, then values: a map is two columns. */
    private void texts(EventDraft<?> event) {
        int count = keys(event, Kind.TEXT, LogSchema.ATTRIBUTES_KEY);
        if (count == 0) {
            return;
        }
        row.level(LogSchema.ATTRIBUTES_VALUE, LogSchema.VALUE_LEVEL);
        row.putInt(count);
        for (int i = 0; i < event.attributes(); i++) {
            if (kindOf(event, i) == Kind.TEXT) {
                row.putByte(LogSchema.VALUE_LEVEL);
                row.putText(shownValue(event, i), Math.max(attributesEnd(), row.size() + Integer.BYTES));
            }
        }
    }

    private void longs(EventDraft<?> event) {
        int count = keys(event, Kind.LONG, LogSchema.LONGS_KEY);
        if (count == 0) {
            return;
        }
        row.level(LogSchema.LONGS_VALUE, LogSchema.VALUE_LEVEL);
        row.putInt(count);
        for (int i = 0; i < event.attributes(); i++) {
            if (kindOf(event, i) == Kind.LONG) {
                row.putByte(LogSchema.VALUE_LEVEL);
                row.putLong(((Number) event.value(i)).longValue());
            }
        }
    }

    private void doubles(EventDraft<?> event) {
        int count = keys(event, Kind.DOUBLE, LogSchema.DOUBLES_KEY);
        if (count == 0) {
            return;
        }
        row.level(LogSchema.DOUBLES_VALUE, LogSchema.VALUE_LEVEL);
        row.putInt(count);
        for (int i = 0; i < event.attributes(); i++) {
            if (kindOf(event, i) == Kind.DOUBLE) {
                row.putByte(LogSchema.VALUE_LEVEL);
                row.putLong(Double.doubleToRawLongBits(((Number) event.value(i)).doubleValue()));
            }
        }
    }

    private int keys(EventDraft<?> event, Kind kind, int leaf) {
        int count = 0;
        for (int i = 0; i < event.attributes(); i++) {
            count += kindOf(event, i) == kind ? 1 : 0;
        }
        if (count > 0) {
            row.level(leaf, LogSchema.KEY_LEVEL);
            row.putInt(count);
            for (int i = 0; i < event.attributes(); i++) {
                if (kindOf(event, i) == kind) {
                    row.putByte(LogSchema.KEY_LEVEL);
                    key(event, i);
                }
            }
        }
        return count;
    }

    private void key(EventDraft<?> event, int i) {
        byte[] key = ruleOf[i].key();
        if (key.length <= MOST_NAME_BYTES && row.size() + key.length <= attributesEnd()) {
            row.putText(key);
        } else {
            row.putText(shown(event.name(i)), Math.min(attributesEnd(), row.size() + Integer.BYTES + MOST_NAME_BYTES));
        }
    }

    private enum Kind {
        TEXT,
        LONG,
        DOUBLE,
        ELSEWHERE
    }

    /** Numbers stay numbers, unless there is something in them to be hidden. */
    private Kind kindOf(EventDraft<?> event, int i) {
        Rule rule = ruleOf[i];
        if (rule == null || rule.isPromoted()) {
            return Kind.ELSEWHERE;
        }
        Object value = event.value(i);
        if (!(value instanceof Number) || rule.hidden() || !isOpen(value)) {
            return Kind.TEXT;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Kind.LONG;
        }
        return value instanceof Double || value instanceof Float ? Kind.DOUBLE : Kind.TEXT;
    }

    private boolean isOpen(Object number) {
        if (masks == null) {
            return true;
        }
        String digits = String.valueOf(number);
        return masks.apply(digits) == digits;
    }

    private CharSequence shownValue(EventDraft<?> event, int i) {
        return ruleOf[i].hidden() ? Masks.HIDDEN : shown(text.of(event.value(i), event));
    }

    private void promotedColumns(EventDraft<?> event) {
        for (int i = 0; i < promoted.length; i++) {
            int at = promoted[i];
            if (at >= 0 && ruleOf[at] != null) {
                row.level(LogSchema.FIRST_PROMOTED + i, 1);
                row.putText(shownValue(event, at), row.limit());
            }
        }
    }

    // ---- the rest

    private void lists(EventDraft<?> event) {
        if (event.markers() > 0) {
            row.level(LogSchema.MARKERS, LogSchema.VALUE_LEVEL);
            row.putInt(event.markers());
            for (int i = 0; i < event.markers(); i++) {
                element(event.markerAt(i));
            }
        }
        if (event.contexts() > 0) {
            row.level(LogSchema.NDC, LogSchema.VALUE_LEVEL);
            row.putInt(event.contexts());
            for (int i = 0; i < event.contexts(); i++) {
                element(event.contextAt(i));
            }
        }
    }

    private void element(String value) {
        if (value == null) {
            row.putByte(LogSchema.NULL_LEVEL);
        } else {
            row.putByte(LogSchema.VALUE_LEVEL);
            name(value);
        }
    }

    private void thrown(EventDraft<?> event) {
        if (event.thrown == null && event.thrownType == null) {
            return;
        }
        ThrownText thrown = ThrownText.of(event, form.maxEventBytes() + CUT_BEHIND_MASKS);
        row.level(LogSchema.EXCEPTION_TYPE, 1);
        name(thrown.type());
        if (thrown.message() != null) {
            row.level(LogSchema.EXCEPTION_MESSAGE, 1);
            row.putText(shown(thrown.message()), row.size() + form.maxEventBytes() / 16);
        }
        row.level(LogSchema.EXCEPTION_STACKTRACE, 1);
        row.putText(shown(thrown.stackTrace()), row.limit() - form.maxEventBytes() / 32);
        row.level(LogSchema.EXCEPTION_ROOT_TYPE, 1);
        name(thrown.rootType());
    }

    private void code(EventDraft<?> event) {
        optionalName(LogSchema.CODE_FUNCTION, event.codeFunction);
        optionalName(LogSchema.CODE_FILE, event.codeFile);
        if (event.codeLine >= 0) {
            row.level(LogSchema.CODE_LINE, 1);
            row.putInt(event.codeLine);
        }
    }
}
