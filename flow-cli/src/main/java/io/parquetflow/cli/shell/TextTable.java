package io.parquetflow.cli.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells, printed in columns as wide as their widest cell. Cells are escaped here, so callers hand over values
 * as they are.
 *
 * <p>Not thread-safe.
 */
public final class TextTable {
    private static final String BETWEEN = "  ";

    private final List<String> header;
    private final boolean[] right;
    private final int[] widths;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param header a title per column; one that begins with {@code >} aligns its column to the right
     */
    public TextTable(String... header) {
        this.header = new ArrayList<>();
        this.right = new boolean[header.length];
        this.widths = new int[header.length];
        for (int i = 0; i < header.length; i++) {
            right[i] = header[i].startsWith(">");
            String title = Text.printable(right[i] ? header[i].substring(1) : header[i]);
            this.header.add(title);
            widths[i] = width(title);
        }
    }

    /**
     * Adds a row.
     *
     * @param cells one per column
     */
    public void add(String... cells) {
        if (cells.length != widths.length) {
            throw new IllegalArgumentException("cells=" + cells.length + ", columns=" + widths.length);
        }
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = Text.printable(cells[i]);
            widths[i] = Math.max(widths[i], width(row[i]));
        }
        rows.add(row);
    }

    /**
     * How many rows have been added and not yet been printed.
     *
     * @return at least 0
     */
    public int size() {
        return rows.size();
    }

    /**
     * Prints the header and all rows.
     *
     * @param out where to
     * @param terminal for the header's weight
     */
    public void print(PrintWriter out, Terminal terminal) {
        printHeader(out, terminal);
        printRows(out);
    }

    /**
     * Prints the titles alone.
     *
     * @param out where to
     * @param terminal for the header's weight
     */
    public void printHeader(PrintWriter out, Terminal terminal) {
        out.println(terminal.bold(line(header.toArray(String[]::new))));
    }

    /**
     * Prints the rows added so far and forgets them; the columns keep their widths, so that a long output can go out in
     * parts.
     *
     * @param out where to
     */
    public void printRows(PrintWriter out) {
        for (String[] row : rows) {
            out.println(line(row));
        }
        rows.clear();
    }

    private String line(String[] cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String gap = " ".repeat(Math.max(0, widths[i] - width(cells[i])));
            line.append(right[i] ? gap : "")
                    .append(cells[i])
                    .append(right[i] ? "" : gap)
                    .append(BETWEEN);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
