package io.parquetflow.agentit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What DuckDB reads in the segments that the agent wrote to a directory. */
final class Captured {
    private final Path directory;

    private Captured(Path directory) {
        this.directory = directory;
    }

    static Captured in(Path directory) {
        return new Captured(directory);
    }

    /** Each row's values as text, {@code null} for null, with {@code |} between; {@code capture} is the view. */
    List<String> rows(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute(
                    "create view capture as from read_parquet('" + directory + "/*.parquet', union_by_name=true)");
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        row.append(i == 1 ? "" : "|").append(result.getString(i));
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        }
    }

    /** The rows of a condition, by their payloads in the order of {@code seq}. */
    Count count(String where) throws SQLException {
        String[] row = rows("select count(*), coalesce(sum(octet_length(payload)), 0),"
                        + " sha256(unhex(coalesce(string_agg(hex(payload), '' order by seq), ''))) from capture where "
                        + where)
                .get(0)
                .split("\\|");
        return new Count(Long.parseLong(row[0]), Long.parseLong(row[1]), row[2]);
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(rows(sql).get(0));
    }

    /** Records that were dropped in front of a row, or after the last of all. */
    long lost() throws SQLException {
        return number("select coalesce(sum(lost), 0) from capture")
                + number("select decode(value)::bigint from parquet_kv_metadata('" + directory
                        + "/*.parquet') where decode(key) = 'flow.lost_tail' order by file_name desc limit 1");
    }

    List<Path> segments() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }
}
