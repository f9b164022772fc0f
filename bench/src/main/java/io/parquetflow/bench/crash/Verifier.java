package io.parquetflow.bench.crash;

import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a sink's directory with DuckDB, which shares no line with what wrote it, and holds every row against the
 * promises.
 *
 * <p>Not thread-safe.
 */
final class Verifier implements AutoCloseable {
    private static final String SUFFIX = ".parquet";
    private static final String REJECTS_SUFFIX = ".rejects";
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAST_BYTES = 12;

    private final Connection duckDb;
    private final long seed;

    Verifier(long seed) throws SQLException {
        this.seed = seed;
        this.duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    Verdict verify(Path directory, List<Promise> promises) throws IOException, SQLException {
        List<String> unreadable = new ArrayList<>();
        List<Path> segments = whole(finalNames(directory, SUFFIX), unreadable);
        List<Path> rejects = whole(finalNames(directory, REJECTS_SUFFIX), unreadable);
        Attendance attendance = new Attendance(seed, promises);
        List<String> findings = new ArrayList<>();
        if (!segments.isEmpty()) {
            String prefix = prefix(segments.get(0));
            readRows(segments, prefix, attendance);
            checkDrops(segments, prefix, promises, findings);
        }
        if (!rejects.isEmpty()) {
            readRejects(rejects, attendance);
        }
        List<Path> all = new ArrayList<>(segments);
        all.addAll(rejects);
        long promisedByFooters = all.isEmpty() ? 0 : footerRows(all);
        if (promisedByFooters != attendance.rows()) {
            findings.add("footers say rows=" + promisedByFooters + ", read=" + attendance.rows());
        }
        return attendance.verdict(unreadable, findings);
    }

    /** Files that a reader would take for whole. What begins with an underscore is not for readers, but for rejects. */
    private static List<Path> finalNames(Path directory, String suffix) throws IOException {
        Path internal = directory.resolve(FlowDirectory.INTERNAL);
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !path.startsWith(internal))
                    .filter(path -> path.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> whole(List<Path> files, List<String> unreadable) throws IOException {
        List<Path> complete = new ArrayList<>();
        for (Path file : files) {
            if (hasBothMagics(file)) {
                complete.add(file);
            } else {
                unreadable.add("[" + file.getFileName() + "] no magic at its begin or end, bytes=" + Files.size(file));
            }
        }
        if (complete.isEmpty() || readFault(complete).isEmpty()) {
            return complete;
        }
        List<Path> good = new ArrayList<>();
        for (Path file : complete) { // one of them, but which?
            String fault = readFault(List.of(file));
            if (fault.isEmpty()) {
                good.add(file);
            } else {
                unreadable.add("[" + file.getFileName() + "] " + fault);
            }
        }
        return good;
    }

    private static boolean hasBothMagics(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < LEAST_BYTES) {
                return false;
            }
            byte[] magic = new byte[MAGIC.length];
            file.readFully(magic);
            boolean begins = Arrays.equals(magic, MAGIC);
            file.seek(file.length() - MAGIC.length);
            file.readFully(magic);
            return begins && Arrays.equals(magic, MAGIC);
        }
    }

    /** Reads every page of every column: a hash of a row needs all of it. Empty when nothing is wrong. */
    private String readFault(List<Path> files) {
        String sql = "SELECT count(*), bit_xor(hash(*COLUMNS(*))) FROM read_parquet(" + list(files) + ")";
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            long read = rows.getLong(1);
            long expected = footerRows(files);
            return read == expected ? "" : "rows=" + read + ", footer=" + expected;
        } catch (SQLException e) {
            return firstLine(e);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String list(List<Path> files) {
        return files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Header columns of decoded rows have an underscore in front. */
    private String prefix(Path segment) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT count(*) FROM parquet_schema(" + list(List.of(segment)) + ") WHERE name = '_writer'")) {
            names.next();
            return names.getLong(1) == 0 ? "" : "_";
        }
    }

    private void readRows(List<Path> segments, String prefix, Attendance attendance) throws SQLException {
        String sql = "SELECT " + prefix + "writer, " + prefix + "seq, payload FROM read_parquet(" + list(segments)
                + ", hive_partitioning = false) ORDER BY 1, 2";
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                attendance.row(rows.getString(1), rows.getLong(2), rows.getBytes(3));
            }
        }
    }

    private void readRejects(List<Path> rejects, Attendance attendance) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT payload FROM read_parquet(" + list(rejects) + ")")) {
            while (rows.next()) {
                attendance.reject(rows.getBytes(1));
            }
        }
    }

    private long footerRows(List<Path> files) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT sum(num_rows) FROM parquet_file_metadata(" + list(files) + ")")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The rows' {@code lost} and the tail of the last footer come to what a closed sink says it dropped. */
    private void checkDrops(List<Path> segments, String prefix, List<Promise> promises, List<String> findings)
            throws SQLException {
        Map<String, Long> told = new HashMap<>();
        collect(
                "SELECT " + prefix + "writer, sum(" + prefix + "lost) FROM read_parquet(" + list(segments)
                        + ") GROUP BY 1",
                told);
        collect(
                "SELECT writer, arg_max(tail, last) FROM (SELECT"
                        + " max(CASE WHEN key = 'flow.writer' THEN value END) AS writer,"
                        + " max(CASE WHEN key = 'flow.lost_tail' THEN value END)::BIGINT AS tail,"
                        + " max(CASE WHEN key = 'flow.last_seq' THEN value END)::BIGINT AS last"
                        + " FROM (SELECT file_name, decode(key) AS key, decode(value) AS value FROM"
                        + " parquet_kv_metadata(" + list(segments) + ")) GROUP BY file_name) GROUP BY writer",
                told);
        for (Promise promise : promises) {
            Long drops = told.get(promise.writer());
            if (promise.clean() && drops != null && drops != promise.dropped()) {
                findings.add("generation=" + promise.generation() + ": the files tell of drops=" + drops
                        + ", the sink of " + promise.dropped());
            }
        }
    }

    private void collect(String sql, Map<String, Long> sums) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                sums.merge(rows.getString(1), rows.getLong(2), Long::sum);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
