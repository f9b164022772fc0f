package io.parquetflow.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB as the independent engine. */
public final class Duck {
    private Duck() {}

    /** Runs a query in which {@code {}} stands for all segments below a directory. */
    public static List<List<Object>> query(Path directory, String sql) throws SQLException {
        String files =
                "read_parquet('" + directory.toString().replace("'", "''") + "/**/*.parquet', union_by_name=true)";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("{}", files))) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The single value of a query. */
    public static long number(Path directory, String sql) throws SQLException {
        return ((Number) query(directory, sql).get(0).get(0)).longValue();
    }
}
