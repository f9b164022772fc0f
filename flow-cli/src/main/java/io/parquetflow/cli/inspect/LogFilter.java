package io.parquetflow.cli.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which events are wanted, in DuckDB's words.
 *
 * <p>Thread-safe: immutable.
 *
 * @param fromNs the earliest time, epoch nanoseconds
 * @param toNs the first time that is too late
 * @param severity which levels
 * @param loggers names with {@code *} and {@code ?}; empty for all
 * @param grep a text in body or stack trace, null for any
 * @param where an expression of the user's, null for none
 */
record LogFilter(long fromNs, long toNs, SeverityRange severity, List<String> loggers, String grep, String where) {
    /** An event's time: its own, or that of its capture. */
    static final String TIME = "coalesce(source_ts_ns, ts_ns)";

    /**
     * From one time to another. The first condition is the exact one. The engine cannot compare an expression with the
     * statistics of row groups and pages, but the second condition it can.
     */
    static String between(long from, long to) {
        List<String> all = new ArrayList<>();
        if (from != Long.MIN_VALUE) {
            all.add(TIME + " >= " + from + " AND (source_ts_ns >= " + from + " OR source_ts_ns IS NULL)");
        }
        if (to != Long.MAX_VALUE) {
            all.add(TIME + " < " + to + " AND (source_ts_ns < " + to + " OR source_ts_ns IS NULL)");
        }
        return and(all);
    }

    /** Everything but the time. */
    String events() {
        List<String> all = new ArrayList<>();
        if (severity.least() != Long.MIN_VALUE) {
            all.add("severity_number >= " + severity.least());
        }
        if (severity.most() != Long.MAX_VALUE) {
            all.add("severity_number <= " + severity.most());
        }
        if (!loggers.isEmpty()) {
            all.add(loggers.stream().map(LogFilter::logger).collect(Collectors.joining(" OR ", "(", ")")));
        }
        if (grep != null) {
            String text = "lower(" + CaptureDatabase.literal(grep) + ")";
            all.add("(contains(lower(body), " + text + ") OR contains(lower(coalesce(exception_stacktrace, '')), "
                    + text + "))");
        }
        if (where != null) {
            all.add("(" + where + "\n)"); // a comment at its end must not take the parenthesis
        }
        return and(all);
    }

    static String and(List<String> conditions) {
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    private static String logger(String glob) {
        if (!glob.contains("*") && !glob.contains("?")) {
            return "logger = " + CaptureDatabase.literal(glob);
        }
        String like = glob.replaceAll("[\\\\%_]", "\\\\$0").replace('*', '%').replace('?', '_');
        return "logger LIKE " + CaptureDatabase.literal(like) + " ESCAPE '\\'";
    }
}
