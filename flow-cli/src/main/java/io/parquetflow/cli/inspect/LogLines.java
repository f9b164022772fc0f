package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Terminal;
import io.parquetflow.cli.shell.Text;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Log events as a log file has them:
 *
 * <pre>
 * 2026-11-21 17:02:03.123456 WARN  [main] com.acme.Orders : late {customer=17, trace_id=4bf9…}
 * java.lang.IllegalStateException: no such order
 *         at …
 * 2026-11-21 17:02:04.000000 LOST  12 events of orders were lost here
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class LogLines implements LogPrinter {
    private static final List<String> FIXED = List.of(
            "stream",
            "severity_number",
            "severity_text",
            "thread_name",
            "logger",
            "body",
            "truncated",
            "trace_id",
            "attributes",
            "attributes_long",
            "attributes_double",
            "exception_type",
            "exception_message",
            "exception_stacktrace");

    private static final List<String> MAPS = List.of("attributes", "attributes_long", "attributes_double");
    private static final int DEBUG_MOST = 8;
    private static final int INFO_MOST = 12;
    private static final int WARN_MOST = 16;
    private static final int LEVEL_WIDTH = 5;

    private final PrintWriter out;
    private final Terminal terminal;
    private final DateTimeFormatter times;
    private List<String> promoted = List.of();

    LogLines(PrintWriter out, Terminal terminal, ZoneId zone) {
        this.out = out;
        this.terminal = terminal;
        this.times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                .withZone(zone);
    }

    @Override
    public List<String> columns(List<String> promotedNow) {
        promoted = promotedNow;
        List<String> columns = new ArrayList<>(FIXED);
        promotedNow.forEach(name -> columns.add(CaptureDatabase.identifier(name)));
        return columns;
    }

    @Override
    public void event(LogEvent event) {
        StringBuilder line = new StringBuilder(time(event)).append(' ').append(level(event));
        String thread = event.text("thread_name");
        if (thread != null) {
            line.append(" [").append(Text.printable(thread)).append(']');
        }
        line.append(' ').append(Text.printable(event.text("logger", ""))).append(" : ");
        line.append(Text.printableLines(event.text("body", "")));
        if (event.is("truncated")) {
            line.append(terminal.dim(" (truncated)"));
        }
        line.append(attributes(event));
        out.println(line);
        String exception = exception(event);
        if (exception != null) {
            out.println(Text.printableLines(exception).stripTrailing());
        }
    }

    @Override
    public boolean tellsLosses() {
        return true;
    }

    @Override
    public void lost(LogEvent event) {
        String verb = event.lost() == 1 ? " was lost here" : " were lost here";
        String what = Text.counted(event.lost(), "event") + " of " + Text.printable(event.text("stream", "?")) + verb;
        out.println(time(event) + " " + terminal.red("LOST  " + what));
    }

    private String time(LogEvent event) {
        return times.format(Instant.ofEpochSecond(0, event.ns()));
    }

    private String level(LogEvent event) {
        long number = event.number("severity_number");
        String text = event.text("severity_text");
        String name = text == null || text.isBlank() ? SeverityRange.nameOf(number) : Text.printable(text);
        String padded = name + " ".repeat(Math.max(0, LEVEL_WIDTH - name.length()));
        if (number <= DEBUG_MOST) {
            return terminal.dim(padded);
        }
        if (number <= INFO_MOST) {
            return terminal.green(padded);
        }
        return number <= WARN_MOST ? terminal.yellow(padded) : terminal.red(padded);
    }

    /** By name, wherever they are stored. */
    private String attributes(LogEvent event) {
        Map<String, Object> all = new TreeMap<>();
        for (String column : MAPS) {
            if (event.columns().get(column) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> all.put(key.toString(), value));
            }
        }
        for (String column : promoted) {
            Object value = event.columns().get(column);
            if (value != null) {
                all.put(column, value);
            }
        }
        if (event.columns().get("trace_id") instanceof byte[] id) {
            all.put("trace_id", HexFormat.of().formatHex(id));
        }
        if (all.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(text.isEmpty() ? " {" : ", ")
                .append(Text.printable(key))
                .append('=')
                .append(Text.printable(String.valueOf(value))));
        return terminal.dim(text.append('}').toString());
    }

    private static String exception(LogEvent event) {
        String stack = event.text("exception_stacktrace");
        String type = event.text("exception_type");
        if (stack != null || type == null) {
            return stack;
        }
        String message = event.text("exception_message");
        return message == null ? type : type + ": " + message;
    }
}
