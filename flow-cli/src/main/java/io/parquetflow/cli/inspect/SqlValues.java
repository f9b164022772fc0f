package io.parquetflow.cli.inspect;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/** Makes the plain values that printers know of what DuckDB's driver returns. */
final class SqlValues {
    private SqlValues() {}

    static List<Object> row(ResultSet result, int columns) throws SQLException {
        List<Object> values = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(plain(result.getObject(i)));
        }
        return values;
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) Math.min(Integer.MAX_VALUE, blob.length()));
        }
        if (value instanceof OffsetDateTime time) {
            Instant instant = time.toInstant();
            return RowValues.time(instant.getEpochSecond(), instant.getNano(), 6) + "Z";
        }
        if (value instanceof Timestamp time) {
            Instant local = time.toLocalDateTime().toInstant(ZoneOffset.UTC);
            int nanos = local.getNano();
            return RowValues.time(local.getEpochSecond(), nanos, nanos % 1000 == 0 ? 6 : 9);
        }
        if (value instanceof Array array) {
            return list((Object[]) array.getArray());
        }
        if (value instanceof DuckDBStruct struct) {
            return map(struct.getMap());
        }
        return value instanceof Map<?, ?> map ? map(map) : value;
    }

    private static List<Object> list(Object[] elements) throws SQLException {
        List<Object> values = new ArrayList<>(elements.length);
        for (Object element : elements) {
            values.add(plain(element));
        }
        return values;
    }

    private static Map<String, Object> map(Map<?, ?> entries) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            values.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return values;
    }
}
