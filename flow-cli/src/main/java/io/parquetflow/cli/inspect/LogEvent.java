package io.parquetflow.cli.inspect;

import java.util.Map;

/**
 * A log event, as printers take it.
 *
 * <p>Not thread-safe: nobody else has it.
 *
 * @param ns its time, epoch nanoseconds
 * @param lost how many events were lost right before it
 * @param columns by name; only those that the printer has asked for
 */
record LogEvent(long ns, long lost, Map<String, Object> columns) {
    /** A text column's value, or null. */
    String text(String column) {
        Object value = columns.get(column);
        return value == null ? null : value.toString();
    }

    String text(String column, String otherwise) {
        String text = text(column);
        return text == null ? otherwise : text;
    }

    boolean is(String column) {
        return Boolean.TRUE.equals(columns.get(column));
    }

    long number(String column) {
        return columns.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
