package io.parquetflow.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What DuckDB reads in a directory's segments. */
final class Rows {
    private Rows() {}

    /** Each row's values as text, {@code null} for null, with {@code |} between; {@code logs} is the view. */
    static List<String> of(Path directory, String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "create view logs as from read_parquet('" + directory + "/*.parquet', union_by_name=true)");
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
}
