package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Terminal;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Rows as a table that goes out in parts, so that memory does not grow with the output: the first part sets the widths.
 *
 * <p>Not thread-safe.
 */
final class RowTable implements RowsCommand.RowPrinter {
    private static final int ROWS_PER_PART = 64;

    private final PrintWriter out;
    private final Terminal terminal;
    private final int width;
    private List<String> columns;
    private TextTable table;
    private boolean headerPrinted;

    /**
     * An empty table.
     *
     * @param width characters of the widest value, 0 for no limit
     */
    RowTable(PrintWriter out, Terminal terminal, int width) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
    }

    @Override
    public void print(List<String> names, Map<String, Object> row) throws IOException {
        if (!names.equals(columns)) {
            begin(names, row);
        }
        String[] cells = new String[names.size()];
        int i = 0;
        for (Object value : row.values()) {
            cells[i++] = cell(value, width);
        }
        table.add(cells);
        if (table.size() == ROWS_PER_PART) {
            flush();
        }
    }

    void flush() {
        if (table == null) {
            return;
        }
        if (!headerPrinted) {
            table.printHeader(out, terminal);
            headerPrinted = true;
        }
        table.printRows(out);
    }

    /** Readable on a terminal, whatever the bytes are, and no longer than wanted. */
    static String cell(Object value, int width) throws IOException {
        if (value == null) {
            return "";
        }
        if (value instanceof byte[] bytes) {
            String text = Text.readable(bytes).orElse(null);
            return Text.cut(text == null ? Text.hex(bytes, width) : Text.printable(text), width);
        }
        if (value instanceof Map || value instanceof List) {
            StringWriter json = new StringWriter();
            Json.lines(new PrintWriter(json)).write(value);
            return Text.cut(Text.printable(json.toString().strip()), width);
        }
        String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        return Text.cut(Text.printable(text), width);
    }

    private void begin(List<String> names, Map<String, Object> row) {
        if (table != null) {
            flush();
            out.println();
        }
        columns = names;
        headerPrinted = false;
        String[] header = new String[names.size()];
        for (int i = 0; i < header.length; i++) {
            boolean number = row.get(names.get(i)) instanceof Number;
            header[i] = (number ? ">" : "") + names.get(i);
        }
        table = new TextTable(header);
    }
}
