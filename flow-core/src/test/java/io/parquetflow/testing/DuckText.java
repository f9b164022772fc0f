package io.parquetflow.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * A value as DuckDB gives it out, and as it must be by the sample that was written, both as text: {@code {a, b}} for a
 * struct, {@code [a, b]} for a list, {@code <k: v, ...>} sorted for a map, bytes in hex, times in ISO form.
 *
 * <p>Thread-safe: has no state.
 */
final class DuckText {
    private static final int JULIAN_EPOCH = 2_440_588;
    private static final HexFormat HEX = HexFormat.of();

    private static final DateTimeFormatter SPACED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral("+00")
            .toFormatter(Locale.ROOT);

    private DuckText() {}

    // ---- what DuckDB gives out

    static String actual(Object value) throws SQLException {
        if (value == null) {
            return "null";
        }
        if (value instanceof Struct struct) {
            return braces("{", all(Arrays.asList(struct.getAttributes())), "}");
        }
        if (value instanceof Array array) {
            return braces("[", all(Arrays.asList((Object[]) array.getArray())), "]");
        }
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                entries.add(actual(entry.getKey()) + ": " + actual(entry.getValue()));
            }
            return sorted(entries);
        }
        return leaf(value);
    }

    private static String leaf(Object value) throws SQLException {
        if (value instanceof Blob blob) {
            return HEX.formatHex(blob.getBytes(1, (int) blob.length()));
        }
        if (value instanceof byte[] bytes) {
            return HEX.formatHex(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime().toString();
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        if (value instanceof OffsetTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime().toString();
        }
        return value.toString();
    }

    private static List<String> all(List<?> values) throws SQLException {
        List<String> texts = new ArrayList<>(values.size());
        for (Object value : values) {
            texts.add(actual(value));
        }
        return texts;
    }

    // ---- what it must be

    static String expected(Type field, Object content) {
        if (content == null) {
            return "null";
        }
        if (field.isRepetition(Type.Repetition.REPEATED)) {
            List<String> elements = new ArrayList<>();
            for (Object element : (List<?>) content) {
                elements.add(one(field, element));
            }
            return braces("[", elements, "]");
        }
        return one(field, content);
    }

    private static String one(Type field, Object content) {
        if (field.isPrimitive()) {
            return leaf(LeafKind.of(field.asPrimitiveType()), content);
        }
        GroupType group = field.asGroupType();
        List<?> fields = (List<?>) content;
        LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
        if (meaning instanceof ListLogicalTypeAnnotation) {
            Type element = group.getType(0).asGroupType().getType(0);
            List<String> elements = new ArrayList<>();
            for (Object entry : (List<?>) fields.get(0)) {
                elements.add(expected(element, ((List<?>) entry).get(0)));
            }
            return braces("[", elements, "]");
        }
        if (meaning instanceof MapLogicalTypeAnnotation) {
            GroupType pair = group.getType(0).asGroupType();
            List<String> entries = new ArrayList<>();
            for (Object entry : (List<?>) fields.get(0)) {
                List<?> both = (List<?>) entry;
                entries.add(expected(pair.getType(0), both.get(0)) + ": " + expected(pair.getType(1), both.get(1)));
            }
            return sorted(entries);
        }
        if (field.isRepetition(Type.Repetition.REPEATED) && fields.size() == 1) {
            return expected(group.getType(0), fields.get(0)); // DuckDB makes a list of the only field, not of structs
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            texts.add(expected(group.getType(i), fields.get(i)));
        }
        return braces("{", texts, "}");
    }

    private static String leaf(LeafKind kind, Object value) {
        return switch (kind) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, BSON -> HEX.formatHex(((Binary) value).getBytes());
            case STRING, ENUM, JSON -> ((Binary) value).toStringUsingUTF8();
            case UUID -> uuid(((Binary) value).toByteBuffer());
            case FLOAT16 -> Float.toString(Half.toFloat((Binary) value));
            case INT96 -> int96(((Binary) value).toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
            case UINT32 -> Integer.toUnsignedString((Integer) value);
            case UINT64 -> Long.toUnsignedString((Long) value);
            case DECIMAL_INT32, DECIMAL_INT64 -> decimal(kind, BigInteger.valueOf(((Number) value).longValue()));
            case DECIMAL_BYTE_ARRAY, DECIMAL_FIXED -> decimal(kind, new BigInteger(((Binary) value).getBytes()));
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME_MILLIS, LOCAL_TIME_MILLIS -> time((Integer) value * 1_000_000L);
            case TIME_MICROS, LOCAL_TIME_MICROS -> time((Long) value * 1_000);
            case TIME_NANOS -> time((Long) value / 1_000 * 1_000); // to microseconds, as it has a time zone
            case LOCAL_TIME_NANOS -> time((Long) value);
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> timestamp((Long) value, 1_000);
            case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS -> timestamp((Long) value, 1_000_000);
            case TIMESTAMP_NANOS -> spaced(timestamp((Long) value, 1_000_000_000));
            case LOCAL_TIMESTAMP_NANOS -> timestamp((Long) value, 1_000_000_000);
            default -> value.toString();
        };
    }

    private static String uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static String decimal(LeafKind kind, BigInteger unscaled) {
        int scale = ((DecimalLogicalTypeAnnotation) kind.logical()).getScale();
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    private static String time(long nanoOfDay) {
        return LocalTime.ofNanoOfDay(nanoOfDay).toString();
    }

    private static String timestamp(long value, long perSecond) {
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    /** The driver has no type for nanoseconds with a time zone, and hands out DuckDB's own text. */
    private static String spaced(String iso) {
        return LocalDateTime.parse(iso).format(SPACED);
    }

    /** To microseconds, as DuckDB reads it. */
    private static String int96(ByteBuffer bytes) {
        long nanos = bytes.getLong();
        return LocalDate.ofEpochDay(bytes.getInt() - JULIAN_EPOCH)
                .atTime(LocalTime.ofNanoOfDay(nanos / 1_000 * 1_000))
                .toString();
    }

    // ---- both

    private static String sorted(List<String> entries) {
        Collections.sort(entries);
        return braces("<", entries, ">");
    }

    private static String braces(String open, List<String> texts, String close) {
        return open + String.join(", ", texts) + close;
    }
}
