package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Terminal;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A result for a person: names, types, aligned values, the number of rows. */
final class TableResult implements ResultPrinter {
    private static final Set<String> NUMBERS = Set.of(
            "tinyint",
            "smallint",
            "integer",
            "bigint",
            "hugeint",
            "utinyint",
            "usmallint",
            "uinteger",
            "ubigint",
            "uhugeint",
            "float",
            "double");

    private final PrintWriter out;
    private final Terminal terminal;
    private final int width;
    private TextTable table;

    TableResult(PrintWriter out, Terminal terminal, int width) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
    }

    @Override
    public void columns(List<String> names, List<String> types) {
        String[] header = new String[names.size()];
        String[] second = new String[names.size()];
        for (int i = 0; i < header.length; i++) {
            second[i] = types.get(i).toLowerCase(Locale.ROOT);
            boolean number = NUMBERS.contains(second[i]) || second[i].startsWith("decimal");
            header[i] = (number ? ">" : "") + names.get(i);
        }
        table = new TextTable(header);
        table.add(second);
    }

    @Override
    public boolean row(List<Object> values) throws IOException {
        String[] cells = new String[values.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = values.get(i) == null ? "NULL" : RowTable.cell(values.get(i), width);
        }
        table.add(cells);
        return true;
    }

    @Override
    public void end(long rows, boolean more) {
        table.print(out, terminal);
        out.println(
                more
                        ? "first " + Text.counted(rows, "row") + " only; --limit 0 prints all"
                        : Text.counted(rows, "row"));
    }
}
