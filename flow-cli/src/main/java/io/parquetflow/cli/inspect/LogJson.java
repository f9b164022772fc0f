package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Log events as one JSON object a line, with all columns that are not null. Trace and span ids are hexadecimal, as
 * OpenTelemetry has them. What was lost before an event is its column {@code lost}.
 *
 * <p>Not thread-safe.
 */
final class LogJson implements LogPrinter {
    private static final Set<String> IDS = Set.of("trace_id", "span_id");

    private final PrintWriter out;
    private final StringWriter line = new StringWriter();
    private final Json json;

    LogJson(PrintWriter out) throws IOException {
        this.out = out;
        this.json = Json.lines(new PrintWriter(line));
    }

    @Override
    public List<String> columns(List<String> promoted) {
        return List.of("*");
    }

    @Override
    public void event(LogEvent event) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        event.columns().forEach((name, value) -> {
            boolean id = IDS.contains(name) && value instanceof byte[];
            if (value != null) {
                row.put(name, id ? HexFormat.of().formatHex((byte[]) value) : value);
            }
        });
        json.write(row);
        // JSON itself allows C1 and direction characters; escaped they are the same to whoever parses it.
        out.println(Text.printable(line.toString().stripTrailing()));
        line.getBuffer().setLength(0);
    }

    @Override
    public boolean tellsLosses() {
        return false;
    }

    @Override
    public void lost(LogEvent event) {
        throw new AssertionError("the column says it");
    }
}
