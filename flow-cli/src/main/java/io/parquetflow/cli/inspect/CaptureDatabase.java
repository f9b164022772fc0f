package io.parquetflow.cli.inspect;

import io.parquetflow.cli.inspect.SegmentSet.Undecoded;
import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.file.SegmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * An in-memory DuckDB with a view per sink, locked up before the user's statement comes: no file but the ones named here
 * can be opened, no extension loaded, no setting changed.
 *
 * <p>Not thread-safe.
 */
final class CaptureDatabase implements AutoCloseable {
    private static final String ALL = "capture";

    /** All log events, whatever their sinks are called. */
    private static final String LOGS = "logs";

    private static final String RESULT = "\"result of the statement\"";

    private final Connection connection;

    /** Why there is no view of all sinks; null where there is one. */
    private String apart;

    /** What views are made of. */
    private List<Path> segments = List.of();

    private CaptureDatabase(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the database.
     *
     * @param files the segments; at least one, or something undecoded
     * @param undecoded raw payloads, which get views of their own
     * @param reachable what a statement may open besides them
     */
    static CaptureDatabase open(List<Path> files, List<Undecoded> undecoded, List<Path> reachable)
            throws IOException, SQLException {
        List<Path> all = new ArrayList<>(files);
        undecoded.forEach(part -> all.add(part.file()));
        CaptureDatabase database = withoutViews(all, reachable);
        try {
            database.segments = List.copyOf(files);
            if (!files.isEmpty()) {
                database.createViews(files);
            }
            database.createViewsOfUndecoded(undecoded);
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens one that can read these files, and has no view. */
    static CaptureDatabase withoutViews(List<Path> files, List<Path> reachable) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("jdbc_stream_results", "true");
        CaptureDatabase database = new CaptureDatabase(DriverManager.getConnection("jdbc:duckdb:", settings));
        try {
            database.lockUp(files, reachable);
            return database;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Runs the user's statement; {@code most} is 0 for all rows. */
    void select(String sql, ResultPrinter printer, long most) throws IOException, SQLException {
        checkSelect(sql);
        checkAll(sql);
        createLogs(sql);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData meta = result.getMetaData();
            List<String> names = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnLabel(i));
                types.add(meta.getColumnTypeName(i));
            }
            printer.columns(names, types);
            long rows = 0;
            boolean more = false;
            while (result.next()) {
                more = most > 0 && rows == most;
                if (more || !printer.row(SqlValues.row(result, names.size()))) {
                    break;
                }
                rows++;
            }
            printer.end(rows, more);
        }
    }

    /** Writes the result of the user's statement as a Parquet file. */
    void copyTo(String sql, Path output) throws IOException, SQLException {
        checkSelect(sql);
        checkAll(sql);
        createLogs(sql);
        try {
            // A view takes the statement as it is, with its semicolon and whatever comments follow.
            execute("CREATE TEMP VIEW " + RESULT + " AS " + sql);
            execute("COPY (FROM " + RESULT + ") TO " + literal(absolute(output))
                    + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException e) {
            Files.deleteIfExists(output);
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** DuckDB's message without its picture of the statement. */
    static String words(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Table with name " + LOGS + " does not exist")) {
            return "no view " + LOGS + ": none of the segments holds log events";
        }
        int picture = message.indexOf("\nLINE ");
        return Text.oneLine(picture < 0 ? message : message.substring(0, picture));
    }

    private void lockUp(List<Path> files, List<Path> reachable) throws SQLException {
        // A pattern is looked up by its own text first, and only then by the file that it means.
        List<String> paths = new ArrayList<>();
        files.forEach(file -> paths.addAll(List.of(absolute(file), globbed(absolute(file)))));
        List<String> directories = new ArrayList<>();
        for (Path path : reachable) {
            (Files.isDirectory(path) ? directories : paths).add(absolute(path));
        }
        Path spill = Path.of(
                System.getProperty("java.io.tmpdir"),
                "flow-sql-" + ProcessHandle.current().pid());
        execute("SET temp_directory=" + literal(absolute(spill)));
        execute("SET TimeZone='UTC'");
        execute("SET allowed_paths=" + list(paths));
        execute("SET allowed_directories=" + list(directories));
        execute("SET enable_external_access=false");
        execute("SET lock_configuration=true");
    }

    private void createViews(List<Path> files) throws IOException, SQLException {
        Map<String, List<Path>> sinks = new LinkedHashMap<>();
        for (Path file : files) {
            sinks.computeIfAbsent(sinkOf(file), s -> new ArrayList<>()).add(file);
        }
        for (Map.Entry<String, List<Path>> sink : sinks.entrySet()) {
            try {
                createView(sink.getKey(), sink.getValue());
            } catch (SQLException e) {
                nameTheCulprit(sink.getValue());
                throw e;
            }
        }
        if (sinks.containsKey(ALL)) {
            return;
        }
        String difference = SinkShapes.difference(sinks);
        if (difference == null) {
            createView(ALL, files);
        } else {
            apart = "sql: no view " + ALL + " of all sinks: " + difference + "; there are "
                    + String.join(", ", sinks.keySet());
        }
    }

    private void createViewsOfUndecoded(List<Undecoded> undecoded) throws SQLException {
        Map<String, List<Path>> sinks = new LinkedHashMap<>();
        for (Undecoded part : undecoded) {
            sinks.computeIfAbsent(part.sink(), s -> new ArrayList<>()).add(part.file());
        }
        for (Map.Entry<String, List<Path>> sink : sinks.entrySet()) {
            createView(SegmentSet.undecodedView(sink.getKey()), sink.getValue());
        }
    }

    private void createView(String name, List<Path> files) throws SQLException {
        execute("CREATE VIEW " + identifier(name) + " AS SELECT * FROM " + table(files));
    }

    /** What a FROM takes: the rows of all files, by the names of their columns. */
    static String table(List<Path> files) {
        return "read_parquet(" + patterns(files) + ", union_by_name=true, hive_partitioning=false)";
    }

    /** Typed sinks may call different things by one name; each is still there by its own. */
    private void checkAll(String sql) {
        if (apart != null && names(sql, ALL)) {
            throw new CommandFailed(apart);
        }
    }

    private static boolean names(String sql, String view) {
        return sql.toLowerCase(Locale.ROOT).matches("(?s).*\\b" + view + "\\b.*");
    }

    /**
     * Only for a statement that names it: which files are log events, their footers say, and there may be many. A sink of
     * that name has its own view unless there are log events: those of an appender are among them.
     */
    private void createLogs(String sql) throws IOException, SQLException {
        if (!names(sql, LOGS)) {
            return;
        }
        LogSegments logs = LogSegments.among(segments, Long.MIN_VALUE);
        if (!logs.broken().isEmpty()) {
            throw logs.broken().get(0);
        }
        if (!logs.files().isEmpty()) {
            execute("CREATE OR REPLACE VIEW " + LOGS + " AS SELECT * FROM " + table(logs.files()));
        }
    }

    /** Our own reader says better than DuckDB which file is broken, and where. */
    private static void nameTheCulprit(List<Path> files) throws IOException {
        for (Path file : files) {
            try (SegmentBytes bytes = SegmentBytes.open(file)) {
                SegmentFooter.read(bytes);
            }
        }
    }

    /** Files of another origin are a sink by their own name. */
    private static String sinkOf(Path file) {
        String name = file.getFileName().toString();
        int end = name.endsWith(SegmentName.SUFFIX) ? name.length() - SegmentName.SUFFIX.length() : name.length();
        return SegmentName.parse(name).map(SegmentName::sink).orElse(name.substring(0, end));
    }

    /** Only what DuckDB itself takes for a SELECT; a COPY could overwrite a segment. */
    private void checkSelect(String sql) throws SQLException {
        try (PreparedStatement parse = connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            parse.setString(1, sql);
            try (ResultSet result = parse.executeQuery()) {
                boolean other =
                        result.next() && String.valueOf(result.getString(1)).contains("Only SELECT statements");
                if (other) {
                    throw new CommandFailed("sql: only SELECT statements; the segments are not to be changed");
                }
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String list(Collection<String> texts) {
        return texts.stream().map(CaptureDatabase::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String patterns(List<Path> files) {
        return list(files.stream().map(file -> globbed(absolute(file))).toList());
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** DuckDB expands patterns in file names; a bracket with one character in it is that character. */
    private static String globbed(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
