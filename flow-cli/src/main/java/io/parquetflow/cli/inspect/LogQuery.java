package io.parquetflow.cli.inspect;

import io.parquetflow.cli.inspect.LogSlices.Slice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds log events in segments and hands them to a printer, in order of time, then writer, then number.
 *
 * <p>What is not wanted is mostly never read: segments by the time of their last write ({@link LogSegments}), by the bounds
 * of times and severities in their footers ({@link LogSlices}), and within a file, row groups and values by the engine,
 * which gets all conditions in forms that it can compare with statistics ({@link LogFilter}).
 *
 * <p>Not thread-safe.
 */
final class LogQuery implements AutoCloseable {
    private static final String SHAPE = "\"shape of log events\"";
    private static final String ORDER = " ORDER BY " + LogFilter.TIME + ", writer, seq";
    private static final String BACKWARDS = " ORDER BY " + LogFilter.TIME + " DESC, writer DESC, seq DESC LIMIT ";

    /** Events between looks at whether anybody still reads the output. */
    private static final int EVENTS_PER_CHECK = 512;

    private final CaptureDatabase database;
    private final LogSegments segments;
    private final LogFilter filter;
    private final List<String> always = new ArrayList<>();

    /** An event's place in the order. */
    private record Position(long ns, String writer, long seq) {
        String orLater() {
            String w = CaptureDatabase.literal(writer);
            return "(" + LogFilter.TIME + " > " + ns + " OR writer > " + w + " OR (writer = " + w + " AND seq >= " + seq
                    + "))";
        }
    }

    /**
     * Opens the engine.
     *
     * @param printed the last number of each writer whose events have been printed; these and earlier ones are left out
     */
    LogQuery(LogSegments segments, LogFilter filter, Map<String, Long> printed) throws SQLException {
        this.segments = segments;
        this.filter = filter;
        printed.forEach((writer, seq) ->
                always.add("NOT (writer = " + CaptureDatabase.literal(writer) + " AND seq <= " + seq + ")"));
        database = CaptureDatabase.withoutViews(segments.files(), List.of());
        try {
            database.execute("CREATE TABLE " + SHAPE + " " + LogColumns.definitions(segments.promoted()));
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Prints events.
     *
     * @param tail only so many, the last ones; negative for all
     * @param limit no more than this; negative for all
     * @return how many were printed, or -1 when nobody reads any more
     */
    long print(LogPrinter printer, PrintWriter out, long tail, long limit) throws IOException, SQLException {
        checkFilter();
        Position first = tail > 0 ? last(tail) : null;
        LogFilter bounded = first == null ? filter : from(first.ns());
        Printing printing = new Printing(printer, out, limit);
        if (tail == 0) {
            return 0;
        }
        for (Slice slice : LogSlices.of(segments.segments(), bounded, printer.tellsLosses())) {
            if (printing.isOver()) {
                break;
            }
            boolean losses = slice.losses() && printer.tellsLosses();
            String events = "(" + filter.events() + ")";
            List<String> conditions = new ArrayList<>(always);
            conditions.add(losses ? "(" + events + " OR lost > 0)" : events);
            if (first != null) {
                conditions.add(first.orLater());
            }
            String select =
                    "SELECT " + LogFilter.TIME + ", lost, " + (losses ? "coalesce(" + events + ", false), " : "true, ")
                            + String.join(", ", printer.columns(segments.promoted()));
            run(slice, select, conditions, ORDER, printing);
        }
        return printing.readerGone ? -1 : printing.printed;
    }

    /** Finds the last number of each writer in some of the files, wanted or not. */
    Map<String, Long> lastNumbers(List<Path> files) throws IOException, SQLException {
        Map<String, Long> last = new LinkedHashMap<>();
        if (!files.isEmpty()) {
            database.select(
                    "SELECT writer, max(seq) FROM " + CaptureDatabase.table(files) + " GROUP BY 1",
                    each(row -> last.put((String) row.get(0), number(row.get(1)))),
                    0);
        }
        return last;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    /** A mistake in the expression is one also where no file needs to be read. */
    private void checkFilter() throws IOException, SQLException {
        database.select("SELECT 1 FROM " + SHAPE + " WHERE " + filter.events(), each(row -> {}), 0);
    }

    /** Goes back in time until there are enough; null when there are not. Only places are kept, so any number will do. */
    private Position last(long count) throws IOException, SQLException {
        List<Slice> slices = LogSlices.of(segments.segments(), filter, false);
        Collections.reverse(slices);
        long[] left = {count};
        Position[] earliest = {null};
        for (Slice slice : slices) {
            List<String> conditions = new ArrayList<>(always);
            conditions.add("(" + filter.events() + ")");
            run(slice, "SELECT " + LogFilter.TIME + ", writer, seq", conditions, BACKWARDS + left[0], each(row -> {
                earliest[0] = new Position(number(row.get(0)), (String) row.get(1), number(row.get(2)));
                left[0]--;
            }));
            if (left[0] == 0) {
                return earliest[0];
            }
        }
        return null;
    }

    private void run(Slice slice, String select, List<String> conditions, String order, ResultPrinter rows)
            throws IOException, SQLException {
        List<String> all = new ArrayList<>(conditions);
        all.add(0, LogFilter.between(slice.fromNs(), slice.toNs()));
        String where = " WHERE " + LogFilter.and(all) + order;
        List<Path> files = new ArrayList<>(slice.files());
        Counted counted = new Counted(rows);
        while (!files.isEmpty()) {
            try {
                database.select(select + " FROM " + events(files) + where, counted, 0);
                return;
            } catch (SQLException e) {
                // Retention deletes while we look: what is gone is no longer wanted.
                if (counted.rows > 0 || !files.removeIf(file -> !Files.exists(file))) {
                    throw e;
                }
            }
        }
    }

    private static String events(List<Path> files) {
        return "(SELECT * FROM " + SHAPE + " UNION ALL BY NAME SELECT * FROM " + CaptureDatabase.table(files) + ")";
    }

    private LogFilter from(long ns) {
        return new LogFilter(ns, filter.toNs(), filter.severity(), filter.loggers(), filter.grep(), filter.where());
    }

    private static long number(Object value) {
        return value == null ? 0 : ((Number) value).longValue(); // null only in files of other origin
    }

    /** Takes one row. */
    private interface Row {
        void take(List<Object> values) throws IOException;
    }

    private static ResultPrinter each(Row taker) {
        return new ResultPrinter() {
            @Override
            public void columns(List<String> names, List<String> types) {}

            @Override
            public boolean row(List<Object> values) throws IOException {
                taker.take(values);
                return true;
            }

            @Override
            public void end(long rows, boolean more) {}
        };
    }

    /** Knows whether anything has come. */
    private static final class Counted implements ResultPrinter {
        private final ResultPrinter to;
        private long rows;

        Counted(ResultPrinter to) {
            this.to = to;
        }

        @Override
        public void columns(List<String> names, List<String> types) throws IOException {
            to.columns(names, types);
        }

        @Override
        public boolean row(List<Object> values) throws IOException {
            rows++;
            return to.row(values);
        }

        @Override
        public void end(long printed, boolean more) throws IOException {
            to.end(printed, more);
        }
    }

    /** Makes events of rows: time, losses, whether it is wanted, and the printer's columns. */
    private static final class Printing implements ResultPrinter {
        private static final int OWN_COLUMNS = 3;

        private final LogPrinter printer;
        private final PrintWriter out;
        private final long limit;
        private List<String> names = List.of();
        private long rows;
        private long printed;
        private boolean readerGone;

        Printing(LogPrinter printer, PrintWriter out, long limit) {
            this.printer = printer;
            this.out = out;
            this.limit = limit;
        }

        boolean isOver() {
            return readerGone || printed == limit;
        }

        @Override
        public void columns(List<String> columns, List<String> types) {
            names = columns.subList(OWN_COLUMNS, columns.size());
        }

        @Override
        public boolean row(List<Object> values) throws IOException {
            if (isOver()) {
                return false;
            }
            Map<String, Object> columns = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                columns.put(names.get(i), values.get(OWN_COLUMNS + i));
            }
            LogEvent event = new LogEvent(number(values.get(0)), number(values.get(1)), columns);
            if (event.lost() > 0 && printer.tellsLosses()) {
                printer.lost(event);
            }
            if (Boolean.TRUE.equals(values.get(2))) {
                printer.event(event);
                printed++;
            }
            readerGone = ++rows % EVENTS_PER_CHECK == 0 && out.checkError();
            return !isOver();
        }

        @Override
        public void end(long count, boolean more) {}
    }
}
