package io.parquetflow.log;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * What is said of something thrown: types, message, and the stack trace as the JDK prints it, with causes and suppressed.
 * Throwables may be anybody's: one that fails when it is asked costs its text and nothing else.
 *
 * <p>Thread-safe: immutable.
 *
 * @param type class name
 * @param message or null
 * @param stackTrace not longer than an event may be
 * @param rootType class name of the last cause
 */
record ThrownText(String type, String message, CharSequence stackTrace, String rootType) {
    /** Causes in a circle, or very many. */
    private static final int MOST_CAUSES = 100;

    static ThrownText of(EventDraft<?> event, int mostChars) {
        Throwable thrown = event.thrown;
        if (thrown == null) {
            String text = event.thrownText == null ? event.thrownType : event.thrownText;
            return new ThrownText(event.thrownType, event.thrownMessage, text, event.thrownType);
        }
        String type = thrown.getClass().getName();
        try {
            return new ThrownText(type, thrown.getMessage(), stackTrace(thrown, mostChars), rootType(thrown));
        } catch (Throwable e) {
            String failed = "[" + type + " cannot be printed: " + e.getClass().getName() + "]";
            return new ThrownText(type, null, failed, type);
        }
    }

    private static String rootType(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < MOST_CAUSES && root.getCause() != null && root.getCause() != root; i++) {
            root = root.getCause();
        }
        return root.getClass().getName();
    }

    private static CharSequence stackTrace(Throwable thrown, int mostChars) {
        Bounded text = new Bounded(mostChars);
        PrintWriter printer = new PrintWriter(text);
        thrown.printStackTrace(printer);
        printer.flush();
        StringBuilder all = text.text;
        int end = all.length();
        while (end > 0 && (all.charAt(end - 1) == '\n' || all.charAt(end - 1) == '\r')) {
            end--;
        }
        all.setLength(end);
        return all;
    }

    /** Takes one character more than there is room for, so that whoever writes it knows that it was cut. */
    private static final class Bounded extends Writer {
        private final StringBuilder text = new StringBuilder(1_024);
        private final int most;

        Bounded(int most) {
            this.most = most + 1;
        }

        @Override
        public void write(char[] chars, int from, int length) {
            text.append(chars, from, Math.max(0, Math.min(length, most - text.length())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
