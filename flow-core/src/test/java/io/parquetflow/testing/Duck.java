package io.parquetflow.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** DuckDB as the independent engine. */
public final class Duck {
    /** Kinds that it reads: a single column of BSON makes it refuse the file. */
    public static final Set<LeafKind> KINDS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(LeafKind.BSON)));

    private Duck() {}

    /** Whether it reads a column of this kind whose pages have this encoding; it does not read all that is legal. */
    public static boolean reads(LeafKind kind, Encoding encoding) {
        boolean isFixed = kind.physical() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        return KINDS.contains(kind)
                && !(isFixed && encoding == Encoding.BYTE_STREAM_SPLIT)
                && !(kind == LeafKind.DECIMAL_BYTE_ARRAY && encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY);
    }

    /** Whether it reads the file. */
    public static boolean reads(Path file) throws IOException {
        for (BlockMetaData block : Segments.footer(file).getBlocks()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                LeafKind kind = LeafKind.of(chunk.getPrimitiveType());
                if (!chunk.getEncodings().stream().allMatch(encoding -> reads(kind, encoding))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Runs a query in which {@code {}} stands for all segments below a directory. */
    public static List<List<Object>> query(Path directory, String sql) throws SQLException {
        String files =
                "read_parquet('" + directory.toString().replace("'", "''") + "/**/*.parquet', union_by_name=true)";
        return ask(sql.replace("{}", files));
    }

    /** An engine with nothing in it. It keeps what it read of a file: give each file a name of its own. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:");
    }

    private static List<List<Object>> ask(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return ask(connection, sql);
        }
    }

    private static List<List<Object>> ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
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

    /**
     * The rows of one file as DuckDB reads them, in the form of {@link #expected}; row by row, column by column. Times
     * come through the default time zone: let it be one without summer.
     */
    private static List<List<String>> rows(Connection duck, Path file) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (List<Object> row : ask(duck, "from " + one(file))) {
            List<String> texts = new ArrayList<>(row.size());
            for (Object value : row) {
                texts.add(DuckText.actual(value));
            }
            rows.add(texts);
        }
        return rows;
    }

    /** What {@link #rows} must answer for a file of this sample. */
    private static List<List<String>> expected(Sample sample) {
        List<List<String>> rows = new ArrayList<>();
        for (List<Object> row : sample.rows()) {
            List<String> texts = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                texts.add(DuckText.expected(sample.schema().getType(i), row.get(i)));
            }
            rows.add(texts);
        }
        return rows;
    }

    /** Where DuckDB sees anything else than the sample: the first such row of each column. */
    public static List<String> differences(Connection duck, Path file, Sample sample) throws SQLException {
        List<List<String>> expected = expected(sample);
        List<List<String>> actual = rows(duck, file);
        List<String> differences = new ArrayList<>();
        if (actual.size() != expected.size()) {
            differences.add("rows=" + actual.size() + ", expected=" + expected.size());
        }
        for (int column = 0; column < sample.schema().getFieldCount(); column++) {
            for (int row = 0; row < Math.min(actual.size(), expected.size()); row++) {
                String is = actual.get(row).get(column);
                String mustBe = expected.get(row).get(column);
                if (!is.equals(mustBe)) {
                    differences.add(sample.schema().getFieldName(column) + ", row " + row + ": " + around(is, mustBe));
                    break;
                }
            }
        }
        return differences;
    }

    /** Both texts from a little before the place where they part. */
    private static String around(String is, String mustBe) {
        int at = 0;
        while (at < is.length() && at < mustBe.length() && is.charAt(at) == mustBe.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - 30);
        return is.substring(from, Math.min(is.length(), at + 60)) + ", expected="
                + mustBe.substring(from, Math.min(mustBe.length(), at + 60));
    }

    /** Runs a query on one file, for which {@code {}} stands. */
    public static List<List<Object>> query(Connection duck, Path file, String sql) throws SQLException {
        return ask(duck, sql.replace("{}", one(file)));
    }

    private static String one(Path file) {
        return "read_parquet('" + file.toString().replace("'", "''") + "')";
    }

    /** The single value of a query. */
    public static long number(Path directory, String sql) throws SQLException {
        return ((Number) query(directory, sql).get(0).get(0)).longValue();
    }
}
