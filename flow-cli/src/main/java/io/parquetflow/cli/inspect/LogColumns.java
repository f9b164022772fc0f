package io.parquetflow.cli.inspect;

import io.parquetflow.log.LogSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * The columns of log events in DuckDB's words. A table of that shape without rows stands in front of the files that a
 * query reads, so that a column is there, and of its type, even when none of just those files has it.
 *
 * <p>Thread-safe: stateless.
 */
final class LogColumns {
    private static final List<String> HEADER =
            List.of("ts", "ts_ns", "source_ts_ns", "writer", "stream", "seq", "lost");

    private LogColumns() {}

    static boolean isHeader(String name) {
        return HEADER.contains(name);
    }

    /** What goes between the parentheses of CREATE TABLE. */
    static String definitions(Collection<String> promoted) {
        List<String> columns = new ArrayList<>(List.of("ts TIMESTAMPTZ", "ts_ns BIGINT", "source_ts_ns BIGINT"));
        columns.addAll(List.of("writer VARCHAR", "stream VARCHAR", "seq BIGINT", "lost BIGINT"));
        for (Type field : LogSchema.of(List.of()).getFields()) {
            columns.add(field.getName() + " " + type(field));
        }
        promoted.forEach(name -> columns.add(CaptureDatabase.identifier(name) + " VARCHAR"));
        return columns.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    private static String type(Type field) {
        if (field.isPrimitive()) {
            return primitive(field.asPrimitiveType());
        }
        var entry = field.asGroupType().getType(0).asGroupType();
        String last = primitive(entry.getType(entry.getFieldCount() - 1).asPrimitiveType());
        boolean map = field.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation;
        return map ? "MAP(VARCHAR, " + last + ")" : last + "[]";
    }

    private static String primitive(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> "BOOLEAN";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case BINARY -> type.getLogicalTypeAnnotation() == null ? "BLOB" : "VARCHAR";
            case FIXED_LEN_BYTE_ARRAY, INT96 -> "BLOB";
        };
    }
}
