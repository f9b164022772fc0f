package io.parquetflow.testing;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.bsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.enumType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.float16Type;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;

import io.parquetflow.testing.LeafValues.Draw;
import java.util.Objects;
import java.util.Random;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Every kind of leaf column that is written: the eight physical types, and the logical types on each of their carriers.
 * Values are {@code Boolean}, {@code Integer}, {@code Long}, {@code Float}, {@code Double} and, for all that are bytes,
 * {@code Binary}.
 */
@SuppressWarnings("ImmutableEnumChecker") // the annotations of parquet-java are immutable, and draws have no state
public enum LeafKind {
    BOOLEAN(PrimitiveTypeName.BOOLEAN, 0, null, LeafValues.booleans()),
    INT32(PrimitiveTypeName.INT32, 0, null, LeafValues.ints(Integer.MIN_VALUE, Integer.MAX_VALUE)),
    INT64(PrimitiveTypeName.INT64, 0, null, LeafValues.longs(Long.MIN_VALUE, Long.MAX_VALUE)),
    INT96(PrimitiveTypeName.INT96, 0, null, LeafValues.int96()),
    FLOAT(PrimitiveTypeName.FLOAT, 0, null, LeafValues.floats()),
    DOUBLE(PrimitiveTypeName.DOUBLE, 0, null, LeafValues.doubles()),
    BYTE_ARRAY(PrimitiveTypeName.BINARY, 0, null, LeafValues.bytes()),
    FIXED_LEN_BYTE_ARRAY(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, 5, null, LeafValues.fixed(5)),

    STRING(PrimitiveTypeName.BINARY, 0, stringType(), LeafValues.texts()),
    ENUM(PrimitiveTypeName.BINARY, 0, enumType(), LeafValues.names()),
    JSON(PrimitiveTypeName.BINARY, 0, jsonType(), LeafValues.json()),
    BSON(PrimitiveTypeName.BINARY, 0, bsonType(), LeafValues.bson()),
    UUID(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, 16, uuidType(), LeafValues.fixed(16)),
    FLOAT16(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, 2, float16Type(), LeafValues.halves()),

    INT8(PrimitiveTypeName.INT32, 0, intType(8, true), LeafValues.ints(Byte.MIN_VALUE, Byte.MAX_VALUE)),
    INT16(PrimitiveTypeName.INT32, 0, intType(16, true), LeafValues.ints(Short.MIN_VALUE, Short.MAX_VALUE)),
    SIGNED32(PrimitiveTypeName.INT32, 0, intType(32, true), LeafValues.ints(Integer.MIN_VALUE, Integer.MAX_VALUE)),
    SIGNED64(PrimitiveTypeName.INT64, 0, intType(64, true), LeafValues.longs(Long.MIN_VALUE, Long.MAX_VALUE)),
    UINT8(PrimitiveTypeName.INT32, 0, intType(8, false), LeafValues.ints(0, 0xff)),
    UINT16(PrimitiveTypeName.INT32, 0, intType(16, false), LeafValues.ints(0, 0xffff)),
    UINT32(PrimitiveTypeName.INT32, 0, intType(32, false), LeafValues.ints(Integer.MIN_VALUE, Integer.MAX_VALUE)),
    UINT64(PrimitiveTypeName.INT64, 0, intType(64, false), LeafValues.longs(Long.MIN_VALUE, Long.MAX_VALUE)),

    DECIMAL_INT32(PrimitiveTypeName.INT32, 0, decimalType(2, 9), LeafValues.ints(-999_999_999, 999_999_999)),
    DECIMAL_INT64(
            PrimitiveTypeName.INT64,
            0,
            decimalType(6, 18),
            LeafValues.longs(-999_999_999_999_999_999L, 999_999_999_999_999_999L)),
    DECIMAL_BYTE_ARRAY(PrimitiveTypeName.BINARY, 0, decimalType(10, 38), LeafValues.decimals(38, 0)),
    DECIMAL_FIXED(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, 16, decimalType(18, 38), LeafValues.decimals(38, 16)),

    DATE(PrimitiveTypeName.INT32, 0, dateType(), LeafValues.ints(Times.FIRST_DAY, Times.LAST_DAY)),
    TIME_MILLIS(PrimitiveTypeName.INT32, 0, timeType(true, MILLIS), LeafValues.ints(0, Times.DAY_MILLIS - 1)),
    TIME_MICROS(PrimitiveTypeName.INT64, 0, timeType(true, MICROS), LeafValues.longs(0, Times.DAY_MICROS - 1)),
    TIME_NANOS(PrimitiveTypeName.INT64, 0, timeType(true, NANOS), LeafValues.longs(0, Times.DAY_NANOS - 1)),
    LOCAL_TIME_MILLIS(PrimitiveTypeName.INT32, 0, timeType(false, MILLIS), LeafValues.ints(0, Times.DAY_MILLIS - 1)),
    LOCAL_TIME_MICROS(PrimitiveTypeName.INT64, 0, timeType(false, MICROS), LeafValues.longs(0, Times.DAY_MICROS - 1)),
    LOCAL_TIME_NANOS(PrimitiveTypeName.INT64, 0, timeType(false, NANOS), LeafValues.longs(0, Times.DAY_NANOS - 1)),
    TIMESTAMP_MILLIS(PrimitiveTypeName.INT64, 0, timestampType(true, MILLIS), Times.millis()),
    TIMESTAMP_MICROS(PrimitiveTypeName.INT64, 0, timestampType(true, MICROS), Times.micros()),
    TIMESTAMP_NANOS(PrimitiveTypeName.INT64, 0, timestampType(true, NANOS), Times.nanos()),
    LOCAL_TIMESTAMP_MILLIS(PrimitiveTypeName.INT64, 0, timestampType(false, MILLIS), Times.millis()),
    LOCAL_TIMESTAMP_MICROS(PrimitiveTypeName.INT64, 0, timestampType(false, MICROS), Times.micros()),
    LOCAL_TIMESTAMP_NANOS(PrimitiveTypeName.INT64, 0, timestampType(false, NANOS), Times.nanos());

    /** Years 1 to 9999, and for nanoseconds what 64 bits hold: beyond it engines differ, and files do not care. */
    private static final class Times {
        static final int FIRST_DAY = -719_162;
        static final int LAST_DAY = 2_932_896;
        static final int DAY_MILLIS = 86_400_000;
        static final long DAY_MICROS = DAY_MILLIS * 1_000L;
        static final long DAY_NANOS = DAY_MICROS * 1_000L;
        /** DuckDB takes the two ends of the range for infinity. */
        static final long MOST_NANOS = 9_223_300_000_000_000_000L;

        static Draw millis() {
            return LeafValues.longs((long) FIRST_DAY * DAY_MILLIS, (LAST_DAY + 1L) * DAY_MILLIS - 1);
        }

        static Draw micros() {
            return LeafValues.longs(FIRST_DAY * DAY_MICROS, (LAST_DAY + 1L) * DAY_MICROS - 1);
        }

        static Draw nanos() {
            return LeafValues.longs(-MOST_NANOS, MOST_NANOS);
        }
    }

    private final PrimitiveTypeName physical;
    private final int length;
    private final LogicalTypeAnnotation logical;
    private final Draw values;

    LeafKind(PrimitiveTypeName physical, int length, LogicalTypeAnnotation logical, Draw values) {
        this.physical = physical;
        this.length = length;
        this.logical = logical;
        this.values = values;
    }

    /** The kind of a column that was built with {@link #type}. */
    public static LeafKind of(PrimitiveType type) {
        for (LeafKind kind : values()) {
            if (kind.physical == type.getPrimitiveTypeName()
                    && kind.length == type.getTypeLength()
                    && Objects.equals(kind.logical, type.getLogicalTypeAnnotation())) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such kind of leaf: type=" + type);
    }

    /** A field of this kind. */
    public PrimitiveType type(Repetition repetition, String name) {
        var builder = Types.primitive(physical, repetition);
        if (length > 0) {
            builder = builder.length(length);
        }
        return (logical == null ? builder : builder.as(logical)).named(name);
    }

    /** The carrier. */
    public PrimitiveTypeName physical() {
        return physical;
    }

    /** What the carrier's values mean; null where nothing is said. */
    public LogicalTypeAnnotation logical() {
        return logical;
    }

    /** Whether values can be NaN. */
    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16;
    }

    /** The next value. */
    public Object draw(Random random) {
        return values.next(random);
    }

    /** The next value that is not NaN. */
    public Object drawOrdered(Random random) {
        return isFloating() ? LeafValues.ordered(values).next(random) : values.next(random);
    }
}
