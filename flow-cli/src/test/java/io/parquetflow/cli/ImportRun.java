package io.parquetflow.cli;

import io.parquetflow.cli.shell.Session;
import io.parquetflow.cli.shell.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of {@code flow import}, as a user sees it.
 *
 * @param code the exit code
 * @param out standard output
 * @param err the error output
 */
record ImportRun(int code, String out, String err) {
    static ImportRun of(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = Stream.concat(Stream.of("import"), Stream.of(words))
                .map(String::valueOf)
                .toArray(String[]::new);
        int code = Flow.commandLine(new Flow(new Session(Terminal.PLAIN)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new ImportRun(code, out.toString(), err.toString());
    }

    /** Asks DuckDB; {@code {}} stands for all segments in the directory. Bytes come as text, a byte each character. */
    static List<List<Object>> query(Path directory, String sql) throws SQLException {
        String segments = "read_parquet('" + directory + "/*.parquet')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("{}", segments))) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    boolean bytes = result.getMetaData().getColumnTypeName(i).equals("BLOB");
                    row.add(bytes ? new String(result.getBytes(i), StandardCharsets.ISO_8859_1) : result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}
