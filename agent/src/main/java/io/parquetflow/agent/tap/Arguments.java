package io.parquetflow.agent.tap;

import io.parquetflow.RecordWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The arguments of a method as columns: numbers, flags and texts; others are left out. Columns are named as the class file
 * names the arguments, or {@code arg0} and so on where it does not.
 *
 * <p>Thread-safe: immutable.
 */
public final class Arguments {
    private static final String THREAD_NAME = "thread_name";
    private static final String THREAD_ID = "thread_id";

    private final List<Argument> columns;
    private final String signature;

    private record Argument(int index, String name, PrimitiveTypeName type) {}

    private Arguments(List<Argument> columns, String signature) {
        this.columns = columns;
        this.signature = signature;
    }

    /**
     * Columns for a method.
     *
     * @param types names of the arguments' types
     * @param names of the arguments
     * @return the columns; {@link #isEmpty()} when no argument can be one
     */
    public static Arguments of(List<String> types, List<String> names) {
        List<Argument> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>(Set.of(THREAD_NAME, THREAD_ID));
        for (int i = 0; i < types.size(); i++) {
            PrimitiveTypeName type = type(types.get(i));
            if (type != null) {
                String name = names.get(i);
                while (!taken.add(name.toLowerCase(Locale.ROOT))) {
                    name = name + "_";
                }
                columns.add(new Argument(i, name, type));
            }
        }
        return new Arguments(List.copyOf(columns), types.toString());
    }

    private static PrimitiveTypeName type(String name) {
        return switch (name) {
            case "boolean" -> PrimitiveTypeName.BOOLEAN;
            case "byte", "short", "int" -> PrimitiveTypeName.INT32;
            case "long" -> PrimitiveTypeName.INT64;
            case "float" -> PrimitiveTypeName.FLOAT;
            case "double" -> PrimitiveTypeName.DOUBLE;
            case "char", "java.lang.String", "java.lang.CharSequence" -> PrimitiveTypeName.BINARY;
            default -> null;
        };
    }

    /**
     * Whether there is nothing to record.
     *
     * @return true when no argument can be a column
     */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /**
     * Tells methods apart.
     *
     * @return the types of all arguments
     */
    public String signature() {
        return signature;
    }

    /**
     * The columns, without the header columns.
     *
     * @param name of the schema
     * @return thread, then the arguments
     */
    public MessageType schema(String name) {
        List<Type> fields = new ArrayList<>();
        fields.add(Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(THREAD_NAME));
        fields.add(Types.required(PrimitiveTypeName.INT64).named(THREAD_ID));
        for (Argument column : columns) {
            fields.add(
                    column.type() == PrimitiveTypeName.BINARY
                            ? Types.optional(column.type())
                                    .as(LogicalTypeAnnotation.stringType())
                                    .named(column.name())
                            : Types.required(column.type()).named(column.name()));
        }
        return new MessageType(name, fields);
    }

    /** Answers whether the row was taken. */
    boolean write(RecordWriter row, Object[] arguments) {
        row.begin();
        Thread thread = Thread.currentThread();
        row.putString(0, thread.getName());
        row.putLong(1, thread.getId());
        for (int i = 0; i < columns.size(); i++) {
            put(row, i + 2, columns.get(i).type(), arguments[columns.get(i).index()]);
        }
        return row.tryCommit();
    }

    private static void put(RecordWriter row, int column, PrimitiveTypeName type, Object value) {
        switch (type) {
            case BOOLEAN -> row.putBoolean(column, (Boolean) value);
            case INT32 -> row.putInt(column, ((Number) value).intValue());
            case INT64 -> row.putLong(column, (Long) value);
            case FLOAT -> row.putFloat(column, (Float) value);
            case DOUBLE -> row.putDouble(column, (Double) value);
            default -> {
                if (value == null) {
                    row.putNull(column);
                } else {
                    row.putString(column, value instanceof CharSequence text ? text : value.toString());
                }
            }
        }
    }
}
