package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** A result as RFC 4180 has it, with line feeds. NULL is nothing, the empty string is {@code ""}. */
final class CsvResult implements ResultPrinter {
    private static final int ROWS_PER_CHECK = 512;

    private final PrintWriter out;
    private final boolean onScreen;
    private long rows;

    /**
     * A result that has not begun.
     *
     * @param onScreen control characters are escaped
     */
    CsvResult(PrintWriter out, boolean onScreen) {
        this.out = out;
        this.onScreen = onScreen;
    }

    @Override
    public void columns(List<String> names, List<String> types) throws IOException {
        print(names);
    }

    @Override
    public boolean row(List<Object> values) throws IOException {
        print(values);
        return ++rows % ROWS_PER_CHECK != 0 || !out.checkError();
    }

    @Override
    public void end(long printed, boolean more) {
        out.flush();
    }

    private void print(List<?> values) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            line.append(i == 0 ? "" : ",");
            if (values.get(i) != null) {
                line.append(quoted(text(values.get(i))));
            }
        }
        out.print(line.append('\n'));
    }

    private String text(Object value) throws IOException {
        String text = value.toString();
        if (value instanceof byte[] bytes) {
            text = Text.readable(bytes).orElseGet(() -> Text.hex(bytes, 0));
        } else if (value instanceof Map || value instanceof List) {
            StringWriter json = new StringWriter();
            Json.lines(new PrintWriter(json)).write(value);
            text = json.toString().strip();
        }
        return onScreen ? Text.printable(text) : text;
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
