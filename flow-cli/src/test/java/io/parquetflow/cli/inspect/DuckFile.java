package io.parquetflow.cli.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Parquet files of another origin: DuckDB's writer. */
final class DuckFile {
    private DuckFile() {}

    static Path write(String select, Path file, String... options) throws Exception {
        Files.createDirectories(file.getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            String more = options.length == 0 ? "" : ", " + String.join(", ", options);
            statement.execute("COPY (" + select + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet"
                    + more + ")");
        }
        return file;
    }
}
