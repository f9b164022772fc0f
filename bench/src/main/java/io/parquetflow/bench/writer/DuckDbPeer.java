package io.parquetflow.bench.writer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB: rows through its appender into a table in memory, the table with {@code COPY} into a file. Both are timed, since
 * the rows have to get there.
 *
 * <p>Not thread-safe.
 */
final class DuckDbPeer implements Contender {
    private static final double NS_PER_MS = 1e6;

    private final Task task;
    private long appendNs;
    private long copyNs;

    DuckDbPeer(Task task) {
        this.task = task;
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String work() {
        return "appender into a table in memory, then COPY, both timed, one thread; statistics and its own choice of"
                + " encodings; no page CRC, no page index; repeated columns as lists in three levels";
    }

    @Override
    public void write(Batches batches, Path file) throws SQLException {
        long start = System.nanoTime();
        try (DuckDBConnection connection =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = 1");
            statement.execute("create table rows (" + columns(batches) + ")");
            try (DuckDBAppender appender = connection.createAppender("main", "rows")) {
                for (long i = 0; i < batches.count(); i++) {
                    append(batches, batches.at(i), appender);
                }
            }
            appendNs = System.nanoTime() - start;
            statement.execute("copy rows to '" + file.toString().replace("'", "''") + "' (" + options() + ")");
            copyNs = System.nanoTime() - start - appendNs;
        }
    }

    private String options() {
        String options = "format parquet, compression " + codec() + ", row_group_size " + task.rowGroupRows();
        return task.codecName().name().equals("ZSTD") ? options + ", compression_level " + task.level() : options;
    }

    private String codec() {
        return task.codec().name().toLowerCase(Locale.ROOT);
    }

    private String columns(Batches batches) {
        List<String> all = new ArrayList<>();
        for (ColumnDescriptor column : batches.columns()) {
            all.add('"' + column.getPath()[0] + "\" " + type(column.getPrimitiveType())
                    + (task.repetition() == Repetition.REPEATED ? "[]" : "")
                    + (task.repetition() == Repetition.OPTIONAL ? "" : " not null"));
        }
        return String.join(", ", all);
    }

    private static String type(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> "integer";
            case INT64 -> "bigint";
            case BINARY -> isText(type) ? "varchar" : "blob";
            default -> throw new IllegalArgumentException("no such type in this benchmark: type=" + type);
        };
    }

    private static boolean isText(PrimitiveType type) {
        return type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
    }

    private void append(Batches batches, Batch batch, DuckDBAppender appender) throws SQLException {
        Cursor[] cursors = Cursor.over(batch);
        boolean[] text = new boolean[cursors.length];
        for (int c = 0; c < text.length; c++) {
            text[c] = isText(batches.columns().get(c).getPrimitiveType());
        }
        List<Object> list = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            appender.beginRow();
            for (int c = 0; c < cursors.length; c++) {
                if (task.repetition() == Repetition.REPEATED) {
                    list.clear();
                    do {
                        list.add(element(cursors[c], text[c]));
                    } while (cursors[c].next());
                    appender.append(list);
                } else {
                    value(cursors[c], text[c], appender);
                    cursors[c].next();
                }
            }
            appender.endRow();
        }
    }

    private static void value(Cursor cursor, boolean text, DuckDBAppender appender) throws SQLException {
        ColumnValues values = cursor.column();
        if (!cursor.isValue()) {
            appender.appendNull();
        } else if (values.isInts()) {
            appender.append(cursor.intValue());
        } else if (!values.isBinary()) {
            appender.append(cursor.longValue());
        } else if (text) {
            appender.append(text(cursor));
        } else {
            appender.append(bytes(cursor));
        }
    }

    private static Object element(Cursor cursor, boolean text) {
        ColumnValues values = cursor.column();
        if (values.isInts()) {
            return cursor.intValue();
        }
        if (!values.isBinary()) {
            return cursor.longValue();
        }
        return text ? text(cursor) : bytes(cursor);
    }

    private static String text(Cursor cursor) {
        return new String(cursor.column().bytes(), cursor.offset(), cursor.length(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Cursor cursor) {
        return Arrays.copyOfRange(cursor.column().bytes(), cursor.offset(), cursor.offset() + cursor.length());
    }

    @Override
    public Map<String, Long> extras() {
        return Map.of("append_ms", Math.round(appendNs / NS_PER_MS), "copy_ms", Math.round(copyNs / NS_PER_MS));
    }
}
