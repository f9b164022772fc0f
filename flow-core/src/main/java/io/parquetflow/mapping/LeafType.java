package io.parquetflow.mapping;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.parquetflow.mapping.Shape.LeafPut;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A Java type that is one column: the column's type, and how a value gets into it.
 *
 * <p>Thread-safe: immutable.
 *
 * @param carrier physical type
 * @param logical logical type, null where there is none
 * @param bytes of FIXED_LEN_BYTE_ARRAY
 * @param put puts a value that is not null
 */
record LeafType(PrimitiveTypeName carrier, LogicalTypeAnnotation logical, int bytes, LeafPut put) {
    private static final int UUID_BYTES = 16;

    PrimitiveType named(String name, Repetition repetition) {
        return Types.primitive(carrier, repetition).length(bytes).as(logical).named(name);
    }

    /** The column of a class, null where it has none; {@code path} is for the messages of values that do not fit. */
    static LeafType of(Class<?> type, String path) {
        LeafType number = ofNumber(type);
        if (number != null) {
            return number;
        }
        if (type == char.class || type == Character.class) {
            return text((row, leaf, value) -> row.putString(leaf, value.toString()));
        }
        if (type == String.class) {
            return text((row, leaf, value) -> row.putString(leaf, (String) value));
        }
        if (type == byte[].class) {
            return new LeafType(BINARY, null, 0, (row, leaf, value) -> {
                byte[] all = (byte[]) value;
                row.putBytes(leaf, all, 0, all.length);
            });
        }
        if (type == Instant.class) {
            return new LeafType(
                    INT64,
                    LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS),
                    0,
                    (row, leaf, value) -> row.putLong(leaf, micros((Instant) value, path)));
        }
        if (type == LocalDate.class) {
            return new LeafType(
                    INT32,
                    LogicalTypeAnnotation.dateType(),
                    0,
                    (row, leaf, value) -> row.putInt(leaf, days((LocalDate) value, path)));
        }
        if (type == UUID.class) {
            return new LeafType(
                    FIXED_LEN_BYTE_ARRAY, LogicalTypeAnnotation.uuidType(), UUID_BYTES, (row, leaf, value) -> {
                        UUID uuid = (UUID) value;
                        row.putUuid(leaf, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                    });
        }
        return type.isEnum() ? ofEnum(type) : null;
    }

    private static LeafType ofNumber(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return new LeafType(BOOLEAN, null, 0, (row, leaf, value) -> row.putBoolean(leaf, (Boolean) value));
        }
        if (type == byte.class || type == Byte.class) {
            return ofInt(LogicalTypeAnnotation.intType(Byte.SIZE, true));
        }
        if (type == short.class || type == Short.class) {
            return ofInt(LogicalTypeAnnotation.intType(Short.SIZE, true));
        }
        if (type == int.class || type == Integer.class) {
            return ofInt(null);
        }
        if (type == long.class || type == Long.class) {
            return new LeafType(INT64, null, 0, (row, leaf, value) -> row.putLong(leaf, (Long) value));
        }
        if (type == float.class || type == Float.class) {
            return new LeafType(FLOAT, null, 0, (row, leaf, value) -> row.putFloat(leaf, (Float) value));
        }
        if (type == double.class || type == Double.class) {
            return new LeafType(DOUBLE, null, 0, (row, leaf, value) -> row.putDouble(leaf, (Double) value));
        }
        return null;
    }

    private static LeafType ofInt(LogicalTypeAnnotation logical) {
        return new LeafType(INT32, logical, 0, (row, leaf, value) -> row.putInt(leaf, ((Number) value).intValue()));
    }

    private static LeafType text(LeafPut put) {
        return new LeafType(BINARY, LogicalTypeAnnotation.stringType(), 0, put);
    }

    /** The names as bytes, made once. */
    private static LeafType ofEnum(Class<?> type) {
        Map<Object, byte[]> names = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            names.put(constant, ((Enum<?>) constant).name().getBytes(StandardCharsets.UTF_8));
        }
        return new LeafType(BINARY, LogicalTypeAnnotation.enumType(), 0, (row, leaf, value) -> {
            byte[] name = names.get(value);
            row.putBytes(leaf, name, 0, name.length);
        });
    }

    /** The narrowest carrier of so many digits. */
    static LeafType ofDecimal(int precision, int scale, String path) {
        LogicalTypeAnnotation logical = LogicalTypeAnnotation.decimalType(scale, precision);
        DecimalScale decimal = new DecimalScale(precision, scale, path);
        if (precision <= 9) {
            return new LeafType(
                    INT32,
                    logical,
                    0,
                    (row, leaf, value) -> row.putInt(leaf, (int) decimal.unscaled((BigDecimal) value)));
        }
        if (precision <= 18) {
            return new LeafType(
                    INT64, logical, 0, (row, leaf, value) -> row.putLong(leaf, decimal.unscaled((BigDecimal) value)));
        }
        return new LeafType(FIXED_LEN_BYTE_ARRAY, logical, decimal.bytes(), (row, leaf, value) -> {
            byte[] bytes = decimal.unscaledBytes((BigDecimal) value);
            row.putBytes(leaf, bytes, 0, bytes.length);
        });
    }

    private static long micros(Instant time, String path) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "time out of range: component=" + path + ", value=" + time + ", unit=microseconds in 64 bits", e);
        }
    }

    private static int days(LocalDate date, String path) {
        try {
            return Math.toIntExact(date.toEpochDay());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "date out of range: component=" + path + ", value=" + date + ", unit=days in 32 bits", e);
        }
    }
}
