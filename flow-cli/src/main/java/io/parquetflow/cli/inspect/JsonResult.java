package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A result as one JSON object a line; a column name that comes again gets a number. */
final class JsonResult implements ResultPrinter {
    private static final int ROWS_PER_CHECK = 512;

    private final PrintWriter out;
    private final Json lines;
    private final List<String> names = new ArrayList<>();
    private long rows;

    JsonResult(PrintWriter out) throws IOException {
        this.out = out;
        this.lines = Json.lines(out);
    }

    @Override
    public void columns(List<String> columns, List<String> types) {
        for (String column : columns) {
            String name = column;
            for (int again = 1; names.contains(name); again++) {
                name = column + "_" + again;
            }
            names.add(name);
        }
    }

    @Override
    public boolean row(List<Object> values) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values.get(i));
        }
        lines.write(row);
        return ++rows % ROWS_PER_CHECK != 0 || !out.checkError();
    }

    @Override
    public void end(long printed, boolean more) {
        out.flush();
    }
}
