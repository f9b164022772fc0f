package io.parquetflow.log;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The columns of a log event, behind the header columns. Their names are those of OpenTelemetry's log data model and
 * semantic conventions, with {@code _} for a dot. Field ids never change: tables remember columns by them. A promoted
 * column has the id that follows from its name.
 *
 * <p>Thread-safe: constants.
 */
public final class LogSchema {
    // Leaves, in the order of the schema.
    static final int SERVICE = 0;
    static final int HOST = 1;
    static final int RESOURCE_KEY = 2;
    static final int RESOURCE_VALUE = 3;
    static final int SEVERITY_NUMBER = 4;
    static final int SEVERITY_TEXT = 5;
    static final int LOGGER = 6;
    static final int BODY = 7;
    static final int TEMPLATE = 8;
    static final int ARGS = 9;
    static final int EVENT_NAME = 10;
    static final int THREAD_NAME = 11;
    static final int THREAD_ID = 12;
    static final int TRACE_ID = 13;
    static final int SPAN_ID = 14;
    static final int TRACE_FLAGS = 15;
    static final int ATTRIBUTES_KEY = 16;
    static final int ATTRIBUTES_VALUE = 17;
    static final int LONGS_KEY = 18;
    static final int LONGS_VALUE = 19;
    static final int DOUBLES_KEY = 20;
    static final int DOUBLES_VALUE = 21;
    static final int MARKERS = 22;
    static final int NDC = 23;
    static final int EXCEPTION_TYPE = 24;
    static final int EXCEPTION_MESSAGE = 25;
    static final int EXCEPTION_STACKTRACE = 26;
    static final int EXCEPTION_ROOT_TYPE = 27;
    static final int CODE_FUNCTION = 28;
    static final int CODE_FILE = 29;
    static final int CODE_LINE = 30;
    static final int TRUNCATED = 31;
    static final int FIRST_PROMOTED = 32;

    // Definition levels in maps and lists.
    /** Of a map's key. */
    static final int KEY_LEVEL = 2;
    /** Of a value, or a list's element, that is null. */
    static final int NULL_LEVEL = 2;
    /** Of one that is there. */
    static final int VALUE_LEVEL = 3;

    static final int TRACE_ID_BYTES = 16;
    static final int SPAN_ID_BYTES = 8;

    private static final List<Type> FIXED = List.of(
            text(Repetition.REQUIRED, 10, "service"),
            text(Repetition.REQUIRED, 11, "host"),
            map(12, "resource", PrimitiveTypeName.BINARY),
            Types.required(PrimitiveTypeName.INT32).id(16).named("severity_number"),
            text(Repetition.REQUIRED, 17, "severity_text"),
            text(Repetition.REQUIRED, 18, "logger"),
            text(Repetition.REQUIRED, 19, "body"),
            text(Repetition.OPTIONAL, 20, "template"),
            list(21, "args"),
            text(Repetition.OPTIONAL, 24, "event_name"),
            text(Repetition.OPTIONAL, 25, "thread_name"),
            Types.optional(PrimitiveTypeName.INT64).id(26).named("thread_id"),
            fixed(27, "trace_id", TRACE_ID_BYTES),
            fixed(28, "span_id", SPAN_ID_BYTES),
            Types.optional(PrimitiveTypeName.INT32).id(29).named("trace_flags"),
            map(30, "attributes", PrimitiveTypeName.BINARY),
            map(34, "attributes_long", PrimitiveTypeName.INT64),
            map(38, "attributes_double", PrimitiveTypeName.DOUBLE),
            list(42, "markers"),
            list(45, "ndc"),
            text(Repetition.OPTIONAL, 48, "exception_type"),
            text(Repetition.OPTIONAL, 49, "exception_message"),
            text(Repetition.OPTIONAL, 50, "exception_stacktrace"),
            text(Repetition.OPTIONAL, 51, "exception_root_type"),
            text(Repetition.OPTIONAL, 52, "code_function"),
            text(Repetition.OPTIONAL, 53, "code_file"),
            Types.optional(PrimitiveTypeName.INT32).id(54).named("code_line"),
            Types.required(PrimitiveTypeName.BOOLEAN).id(55).named("truncated"));

    private LogSchema() {}

    /**
     * The schema of an appender's events, without the header columns.
     *
     * @param promoted names of attributes that get columns of their own, behind the others
     * @return all columns
     * @throws IllegalArgumentException when a name is that of another column, or empty
     */
    public static MessageType of(List<String> promoted) {
        List<Type> fields = new ArrayList<>(FIXED);
        for (String name : promoted) {
            if (name.isBlank() || isTaken(fields, name)) {
                throw new IllegalArgumentException("no column can be named so: name=" + name
                        + ": empty, there already, or that of a column of ours; leave it in attributes");
            }
            fields.add(Types.optional(PrimitiveTypeName.BINARY).as(stringType()).named(name));
        }
        return new MessageType("log", fields);
    }

    /** Readers like DuckDB and Spark ignore case. */
    private static boolean isTaken(List<Type> fields, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return HEADER.contains(lower)
                || fields.stream()
                        .anyMatch(f -> f.getName().toLowerCase(Locale.ROOT).equals(lower));
    }

    /** Of header columns, and of the one by which a raw sink is known. */
    private static final List<String> HEADER =
            List.of("ts", "ts_ns", "source_ts_ns", "writer", "stream", "seq", "lost", "payload");

    private static PrimitiveType text(Repetition repetition, int id, String name) {
        return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(stringType())
                .id(id)
                .named(name);
    }

    private static PrimitiveType fixed(int id, String name, int bytes) {
        return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(bytes)
                .id(id)
                .named(name);
    }

    /** Ids of the four: the map, its entries, keys, values. */
    private static Type map(int id, String name, PrimitiveTypeName values) {
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.mapType())
                .addField(Types.repeatedGroup()
                        .addField(text(Repetition.REQUIRED, id + 2, "key"))
                        .addField(
                                values == PrimitiveTypeName.BINARY
                                        ? text(Repetition.OPTIONAL, id + 3, "value")
                                        : Types.optional(values).id(id + 3).named("value"))
                        .id(id + 1)
                        .named("key_value"))
                .id(id)
                .named(name);
    }

    /** Ids of the three: the list, its entries, elements. */
    private static Type list(int id, String name) {
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .addField(Types.repeatedGroup()
                        .addField(text(Repetition.OPTIONAL, id + 2, "element"))
                        .id(id + 1)
                        .named("list"))
                .id(id)
                .named(name);
    }
}
