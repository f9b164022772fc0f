package io.parquetflow.cli.inspect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Makes plain Java values of an assembled row: numbers, booleans, strings, byte arrays, lists and maps by name. Times,
 * dates, decimals and UUIDs are in the form a person expects.
 */
final class RowValues {
    private static final DateTimeFormatter MILLIS = timeForm(3);
    private static final DateTimeFormatter MICROS = timeForm(6);
    private static final DateTimeFormatter NANOS = timeForm(9);

    private RowValues() {}

    private static DateTimeFormatter timeForm(int digits) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss." + "S".repeat(digits), Locale.ROOT);
    }

    static Map<String, Object> of(Group group, GroupType type) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            row.put(type.getFieldName(i), field(group, type, i));
        }
        return row;
    }

    private static Object field(Group group, GroupType type, int index) {
        Type field = type.getType(index);
        int count = group.getFieldRepetitionCount(index);
        if (!field.isRepetition(Type.Repetition.REPEATED)) {
            return count == 0 ? null : value(group, field, index, 0);
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(group, field, index, i));
        }
        return values;
    }

    private static Object value(Group group, Type field, int index, int at) {
        if (field.isPrimitive()) {
            return primitive(group, field.asPrimitiveType(), index, at);
        }
        GroupType type = field.asGroupType();
        Map<String, Object> nested = of(group.getGroup(index, at), type);
        boolean list = field.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation;
        return list ? unwrapped(nested, type) : nested;
    }

    /** The three levels of a list are the format's business, not the reader's. */
    private static Object unwrapped(Map<String, Object> nested, GroupType type) {
        boolean threeLevels = type.getFieldCount() == 1
                && type.getType(0).isRepetition(Type.Repetition.REPEATED)
                && !type.getType(0).isPrimitive()
                && type.getType(0).asGroupType().getFieldCount() == 1;
        if (!threeLevels) {
            return nested;
        }
        String element = type.getType(0).asGroupType().getFieldName(0);
        List<Object> values = new ArrayList<>();
        for (Object entry : (List<?>) nested.get(type.getFieldName(0))) {
            values.add(((Map<?, ?>) entry).get(element));
        }
        return values;
    }

    private static Object primitive(Group group, PrimitiveType type, int index, int at) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(index, at);
            case FLOAT -> group.getFloat(index, at);
            case DOUBLE -> group.getDouble(index, at);
            case INT32 -> ofInt(group.getInteger(index, at), type, logical);
            case INT64 -> ofLong(group.getLong(index, at), type, logical);
            case INT96 -> group.getInt96(index, at).getBytes();
            case BINARY, FIXED_LEN_BYTE_ARRAY -> {
                var binary = group.getBinary(index, at);
                if (logical == null || logical instanceof LogicalTypeAnnotation.BsonLogicalTypeAnnotation) {
                    yield binary.getBytes();
                }
                String text = type.stringifier().stringify(binary);
                yield logical instanceof DecimalLogicalTypeAnnotation ? new BigDecimal(text) : text;
            }
        };
    }

    private static Object ofInt(int value, PrimitiveType type, LogicalTypeAnnotation logical) {
        if (logical == null) {
            return value;
        }
        if (logical instanceof IntLogicalTypeAnnotation number) {
            return number.isSigned() ? (Object) value : Integer.toUnsignedLong(value);
        }
        String text = type.stringifier().stringify(value);
        return logical instanceof DecimalLogicalTypeAnnotation ? new BigDecimal(text) : text;
    }

    private static Object ofLong(long value, PrimitiveType type, LogicalTypeAnnotation logical) {
        if (logical == null) {
            return value;
        }
        if (logical instanceof IntLogicalTypeAnnotation number) {
            return number.isSigned() ? (Object) value : new BigInteger(Long.toUnsignedString(value));
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp(value, timestamp);
        }
        String text = type.stringifier().stringify(value);
        return logical instanceof DecimalLogicalTypeAnnotation ? new BigDecimal(text) : text;
    }

    private static String timestamp(long value, TimestampLogicalTypeAnnotation type) {
        String zone = type.isAdjustedToUTC() ? "Z" : "";
        return switch (type.getUnit()) {
            case MILLIS -> time(Math.floorDiv(value, 1_000L), Math.floorMod(value, 1_000L) * 1_000_000L, 3) + zone;
            case MICROS -> time(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000L, 6) + zone;
            case NANOS -> time(Math.floorDiv(value, 1_000_000_000L), Math.floorMod(value, 1_000_000_000L), 9) + zone;
        };
    }

    /**
     * A time in UTC.
     *
     * @param digits of the second's fraction: 3, 6 or 9
     */
    static String time(long epochSecond, long nanos, int digits) {
        if (Math.abs(epochSecond) > 300_000_000_000L) {
            return epochSecond + "s";
        }
        DateTimeFormatter form = digits == 3 ? MILLIS : digits == 6 ? MICROS : NANOS;
        return form.format(Instant.ofEpochSecond(epochSecond, nanos).atOffset(ZoneOffset.UTC));
    }
}
