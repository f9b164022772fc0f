package io.parquetflow.log;

/** An event without a framework. */
final class PlainDraft extends EventDraft<PlainDraft.Event> {
    /** What is logged. */
    @SuppressWarnings("ArrayRecordComponent") // arguments come as an array, and no two events are compared
    record Event(String level, String template, Object[] args, Throwable thrown, Object... attributes) {
        static Event of(String level, String template, Object... args) {
            return new Event(level, template, args, null);
        }

        Event with(Object... pairs) {
            return new Event(level, template, args, thrown, pairs);
        }

        int severity() {
            return Severity.of(level);
        }
    }

    private Event event;

    @Override
    protected void fill(Event from) {
        event = from;
        instantNs = 1_795_000_000_000_000_000L;
        severityText = from.level;
        logger = "com.acme.Plain";
        template = from.template;
        substituted = true;
        args = from.args;
        argCount = args.length;
        threadName = Thread.currentThread().getName();
        thrown = from.thrown;
        for (int i = 0; i < from.attributes.length; i += 2) {
            attribute((String) from.attributes[i], from.attributes[i + 1]);
        }
    }

    @Override
    protected CharSequence formatted() {
        String text = event.template;
        for (Object arg : event.args) {
            text = text.replaceFirst("\\{}", java.util.regex.Matcher.quoteReplacement(String.valueOf(arg)));
        }
        return text;
    }

    @Override
    protected void appendArg(Object arg, StringBuilder to) {
        to.append(arg);
    }
}
