package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.ColumnOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page's least and greatest value are those that parquet-java's own comparator of the type finds. */
class ValueBoundsPropertyTest {
    private static final int SEEDS = 200;
    private static final float[] SMALL = {-1f, -0f, 0f, 1f};

    private static PrimitiveType type(PrimitiveTypeName name, LogicalTypeAnnotation logical) {
        return Types.required(name).as(logical).named("c");
    }

    private static PrimitiveType fixed(int length, LogicalTypeAnnotation logical) {
        return Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(length)
                .as(logical)
                .named("c");
    }

    private static PrimitiveType typeOrdered(PrimitiveTypeName name) {
        return Types.required(name).columnOrder(ColumnOrder.typeDefined()).named("c");
    }

    static Stream<PrimitiveType> types() {
        List<PrimitiveType> types = new ArrayList<>();
        types.add(type(PrimitiveTypeName.BOOLEAN, null));
        for (int bits : new int[] {8, 16, 32}) {
            types.add(type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(bits, true)));
            types.add(type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(bits, false)));
        }
        types.add(type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType()));
        types.add(type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.decimalType(2, 9)));
        types.add(type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, true)));
        types.add(type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, false)));
        types.add(type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS)));
        types.add(type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.decimalType(2, 18)));
        types.add(typeOrdered(PrimitiveTypeName.FLOAT));
        types.add(typeOrdered(PrimitiveTypeName.DOUBLE));
        types.add(type(PrimitiveTypeName.FLOAT, null));
        types.add(type(PrimitiveTypeName.DOUBLE, null));
        types.add(type(PrimitiveTypeName.BINARY, null));
        types.add(type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()));
        types.add(type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.enumType()));
        types.add(type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType()));
        types.add(type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.bsonType()));
        types.add(type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.decimalType(2, 60)));
        types.add(fixed(1, null));
        types.add(fixed(20, null));
        types.add(fixed(16, LogicalTypeAnnotation.uuidType()));
        types.add(fixed(11, LogicalTypeAnnotation.decimalType(2, 20)));
        types.add(fixed(2, LogicalTypeAnnotation.float16Type()));
        return types.stream();
    }

    /** Close together, so that it is the last bit that decides; of decimals, the same number in several lengths. */
    static Object value(PrimitiveType type, Random random) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> random.nextInt() >> random.nextInt(32);
            case INT64 -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> anyFloat(random);
            case DOUBLE -> anyDouble(random);
            case BINARY -> bytes(random.nextInt(25), random);
            case FIXED_LEN_BYTE_ARRAY -> fixed(type, random);
            case INT96 -> bytes(12, random);
        };
    }

    /** Any number, or a small one of either sign; no NaN, which has no place in an order. */
    private static float anyFloat(Random random) {
        float any = Float.intBitsToFloat(random.nextInt());
        return Float.isNaN(any) || random.nextBoolean() ? SMALL[random.nextInt(SMALL.length)] : any;
    }

    private static double anyDouble(Random random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return Double.isNaN(any) || random.nextBoolean() ? SMALL[random.nextInt(SMALL.length)] : any;
    }

    private static Object fixed(PrimitiveType type, Random random) {
        Binary value = bytes(type.getTypeLength(), random);
        boolean isHalf = type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
        // the exponent of NaN and the infinities is all ones
        return isHalf && (value.get2BytesLittleEndian() & 0x7c00) == 0x7c00
                ? Binary.fromConstantByteArray(new byte[2])
                : value;
    }

    private static Binary bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        int fill = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (fill == 0 ? 0 : fill == 1 ? 0xff : fill == 2 ? 'a' : random.nextInt(256));
        }
        if (length > 0) {
            bytes[random.nextInt(length)] = (byte) random.nextInt(256);
        }
        return Binary.fromConstantByteArray(bytes);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    @ParameterizedTest
    @MethodSource("types")
    void theyAgreeWithTheComparator(PrimitiveType type) {
        PrimitiveComparator order = type.comparator();
        ValueBuffer buffer = ValueBuffer.of(type, ColumnOptions.DEFAULT, ValueSamples.LIMITS);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Object> values = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                values.add(value(type, random));
            }
            ValueSamples.add(buffer, values);
            Statistics<?> statistics = ValueSamples.statistics(type, buffer, seed);
            buffer.clearPage();
            String what = "%s, seed=%d, values=%s, statistics=%s"
                    .formatted(type, seed, ValueSamples.exactly(values), statistics);
            assertThat(statistics.hasNonNullValue()).as(what).isTrue();
            assertThat(statistics.getNumNulls()).as(what).isEqualTo(seed);
            Object min = values.stream().min(order::compare).orElseThrow();
            Object max = values.stream().max(order::compare).orElseThrow();
            assertThat(order.compare(statistics.genericGetMin(), lowerZero(type, min)))
                    .as(what)
                    .isZero();
            assertThat(order.compare(statistics.genericGetMax(), upperZero(type, max)))
                    .as(what)
                    .isZero();
        }
    }

    /** A zero bound is to be the zero that excludes neither. */
    private static Object lowerZero(PrimitiveType type, Object min) {
        if (min instanceof Float f && f == 0) {
            return -0f;
        } else if (min instanceof Double d && d == 0) {
            return -0.0;
        }
        return isHalfZero(type, min) ? half(0x00, 0x80) : min;
    }

    private static Object upperZero(PrimitiveType type, Object max) {
        if (max instanceof Float f && f == 0) {
            return 0f;
        } else if (max instanceof Double d && d == 0) {
            return 0.0;
        }
        return isHalfZero(type, max) ? half(0x00, 0x00) : max;
    }

    private static boolean isHalfZero(PrimitiveType type, Object value) {
        return type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation
                && (((Binary) value).get2BytesLittleEndian() & 0x7fff) == 0;
    }

    private static Binary half(int low, int high) {
        return Binary.fromConstantByteArray(new byte[] {(byte) low, (byte) high});
    }
}
