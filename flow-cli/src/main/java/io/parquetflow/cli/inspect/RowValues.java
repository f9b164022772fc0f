package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
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

    private static final int TIME_OF_DAY_AT = "1970-01-01T".length();
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long EPOCH_JULIAN_DAY = 2_440_588;

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
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        if (type.getFieldCount() != 1 || !type.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            return nested;
        }
        if (logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return elements(nested, type);
        }
        boolean map = logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
        return map && !type.getType(0).isPrimitive() ? entries(nested, type) : nested;
    }

    /** The levels of a list are the format's business, not the reader's; older lists have two of them. */
    private static Object elements(Map<String, Object> nested, GroupType list) {
        Type repeated = list.getType(0);
        List<?> entries = (List<?>) nested.get(repeated.getName());
        boolean twoLevels = repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() > 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple");
        if (twoLevels) {
            return entries;
        }
        String element = repeated.asGroupType().getFieldName(0);
        List<Object> values = new ArrayList<>();
        for (Object entry : entries) {
            values.add(((Map<?, ?>) entry).get(element));
        }
        return values;
    }

    /** By key, unless that would lose one: the format cannot keep a key from coming twice. */
    private static Object entries(Map<String, Object> nested, GroupType map) {
        GroupType repeated = map.getType(0).asGroupType();
        List<?> entries = (List<?>) nested.get(repeated.getName());
        if (repeated.getFieldCount() != 2) {
            return entries;
        }
        Map<String, Object> byKey = new LinkedHashMap<>();
        for (Object entry : entries) {
            Object key = ((Map<?, ?>) entry).get(repeated.getFieldName(0));
            boolean scalar = !(key == null || key instanceof Map || key instanceof List);
            if (!scalar || byKey.containsKey(keyText(key))) {
                return entries;
            }
            byKey.put(keyText(key), ((Map<?, ?>) entry).get(repeated.getFieldName(1)));
        }
        return byKey;
    }

    private static String keyText(Object key) {
        if (key instanceof byte[] bytes) {
            return Text.readable(bytes).orElseGet(() -> Text.hex(bytes, 0));
        }
        return key instanceof BigDecimal decimal ? decimal.toPlainString() : key.toString();
    }

    private static Object primitive(Group group, PrimitiveType type, int index, int at) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(index, at);
            case FLOAT -> group.getFloat(index, at);
            case DOUBLE -> group.getDouble(index, at);
            case INT32 -> ofInt(group.getInteger(index, at), type, logical);
            case INT64 -> ofLong(group.getLong(index, at), type, logical);
            case INT96 -> legacyTimestamp(group.getInt96(index, at).getBytes());
            case BINARY, FIXED_LEN_BYTE_ARRAY -> {
                var binary = group.getBinary(index, at);
                if (logical == null || logical instanceof LogicalTypeAnnotation.BsonLogicalTypeAnnotation) {
                    yield binary.getBytes();
                }
                if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation) {
                    yield HalfFloat.toFloat(binary.getBytes());
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
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            return timeOfDay(value * 1_000_000L, time, 3);
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
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            boolean micros = time.getUnit() == LogicalTypeAnnotation.TimeUnit.MICROS;
            boolean within = value >= 0 && value <= DAY_NS;
            return within ? timeOfDay(micros ? value * 1_000L : value, time, micros ? 6 : 9) : (Object) value;
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

    /** What is not within a day is shown as the number that it is. */
    private static Object timeOfDay(long nanos, TimeLogicalTypeAnnotation type, int digits) {
        if (nanos < 0 || nanos >= DAY_NS) {
            return nanos / (digits == 3 ? 1_000_000L : digits == 6 ? 1_000L : 1L);
        }
        LocalDateTime time = LocalDateTime.of(LocalDate.EPOCH, LocalTime.ofNanoOfDay(nanos));
        return form(digits).format(time).substring(TIME_OF_DAY_AT) + (type.isAdjustedToUTC() ? "Z" : "");
    }

    /** INT96: nanoseconds of the day, then the Julian day, little endian. Nobody has ever defined its time zone. */
    private static String legacyTimestamp(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long day = bytes.getInt() - EPOCH_JULIAN_DAY;
        long second = Math.floorDiv(nanos, 1_000_000_000L);
        return time(day * 86_400L + second, Math.floorMod(nanos, 1_000_000_000L), 9);
    }

    private static DateTimeFormatter form(int digits) {
        return digits == 3 ? MILLIS : digits == 6 ? MICROS : NANOS;
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
        return form(digits).format(Instant.ofEpochSecond(epochSecond, nanos).atOffset(ZoneOffset.UTC));
    }
}
