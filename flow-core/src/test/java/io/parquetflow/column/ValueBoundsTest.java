package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.ColumnOptions;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases where a bound would be wrong for some reader, and how it is written where it is right. */
class ValueBoundsTest {
    private static Statistics<?> statistics(PrimitiveType type, Object... values) {
        ValueBuffer buffer = ValueBuffer.of(type, ColumnOptions.DEFAULT, ValueSamples.LIMITS);
        ValueSamples.add(buffer, List.of(values));
        return ValueSamples.statistics(type, buffer, 2);
    }

    private static PrimitiveType ordered(PrimitiveTypeName name) {
        return Types.required(name).columnOrder(ColumnOrder.typeDefined()).named("c");
    }

    private static PrimitiveType float16() {
        return Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(2)
                .as(LogicalTypeAnnotation.float16Type())
                .columnOrder(ColumnOrder.typeDefined())
                .named("c");
    }

    private static Binary hex(String hex) {
        return Binary.fromConstantByteArray(Bytes.hex(hex));
    }

    private static void assertBounds(Statistics<?> statistics, String min, String max) {
        assertThat(statistics.hasNonNullValue()).isTrue();
        assertThat(statistics.getMinBytes()).isEqualTo(Bytes.hex(min));
        assertThat(statistics.getMaxBytes()).isEqualTo(Bytes.hex(max));
        assertThat(statistics.getNumNulls()).isEqualTo(2);
    }

    private static void assertNoBounds(Statistics<?> statistics, int nans) {
        assertThat(statistics.hasNonNullValue()).isFalse();
        assertThat(statistics.getNumNulls()).isEqualTo(2);
        assertThat(Math.max(0, statistics.getNanCount())).isEqualTo(nans);
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfNullsHasOnlyTheirNumber(PrimitiveTypeName name) {
        assertNoBounds(statistics(ValueSamples.type(name)), 0);
    }

    @Test
    void aNaNOfEitherSignTakesThePagesBoundsAwayAndIsCounted() {
        for (int bits : new int[] {0x7fc00000, 0xffc00000, 0x7f800001, 0xffffffff}) {
            float nan = Float.intBitsToFloat(bits);
            assertNoBounds(statistics(ordered(PrimitiveTypeName.FLOAT), 1f, nan, Float.POSITIVE_INFINITY, nan), 2);
        }
        for (long bits : new long[] {0x7ff8000000000000L, 0xfff8000000000000L, 0x7ff0000000000001L, -1L}) {
            double nan = Double.longBitsToDouble(bits);
            assertNoBounds(statistics(ordered(PrimitiveTypeName.DOUBLE), Double.NEGATIVE_INFINITY, nan, 1.0), 1);
        }
        for (String nan : new String[] {"007e", "00fe", "017c", "ffff"}) {
            assertNoBounds(statistics(float16(), hex("003c"), hex(nan), hex("00fc")), 1);
        }
    }

    /** 2.0 is 4000000000000000; little endian as the file has it. */
    @Test
    void aZeroBoundExcludesNeitherZero() {
        assertBounds(statistics(ordered(PrimitiveTypeName.DOUBLE), 0.0, 2.0), "0000000000000080", "0000000000000040");
        assertBounds(statistics(ordered(PrimitiveTypeName.DOUBLE), -0.0), "0000000000000080", "0000000000000000");
        assertBounds(statistics(ordered(PrimitiveTypeName.FLOAT), 0f), "00000080", "00000000");
        assertBounds(statistics(ordered(PrimitiveTypeName.FLOAT), -2f, -0f), "000000c0", "00000000");
        assertBounds(statistics(float16(), hex("0000")), "0080", "0000");
        assertBounds(statistics(float16(), hex("00c0"), hex("0080")), "00c0", "0000");
    }

    /** parquet-java leaves zeros and NaN as they are where a type has the IEEE order; not every reader knows it. */
    @Test
    void theOrderOfTheTypeDoesNotMatterToZerosAndNaN() {
        PrimitiveType half = Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(2)
                .as(LogicalTypeAnnotation.float16Type())
                .named("c");
        assertThat(half.columnOrder()).isEqualTo(ColumnOrder.ieee754TotalOrder());
        assertBounds(statistics(half, hex("0000")), "0080", "0000");
        assertBounds(statistics(half, hex("0080")), "0080", "0000");
        assertNoBounds(statistics(half, hex("003c"), hex("007e")), 1);
        assertNoBounds(statistics(ValueSamples.type(PrimitiveTypeName.DOUBLE), Double.NaN, 1.0), 1);
    }

    @Test
    void theInfinitiesAreBounds() {
        assertBounds(
                statistics(ordered(PrimitiveTypeName.FLOAT), Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1f),
                "000080ff",
                "0000807f");
        assertBounds(statistics(float16(), hex("007c"), hex("00fc"), hex("003c")), "00fc", "007c");
    }

    @Test
    void booleansHaveTheTwoBounds() {
        PrimitiveType type = ValueSamples.type(PrimitiveTypeName.BOOLEAN);
        assertBounds(statistics(type, true, false), "00", "01");
        assertBounds(statistics(type, true, true), "01", "01");
        assertBounds(statistics(type, false), "00", "00");
    }

    @Test
    void unsignedNumbersAreOrderedWithoutTheirSign() {
        PrimitiveType uint32 = Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.intType(32, false))
                .named("c");
        assertBounds(statistics(uint32, -1, 0, Integer.MIN_VALUE), "00000000", "ffffffff");
        PrimitiveType uint64 = Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.intType(64, false))
                .named("c");
        assertBounds(statistics(uint64, -1L, 5L, Long.MIN_VALUE), "0500000000000000", "ffffffffffffffff");
    }

    @Test
    void whatReadersOrderDifferentlyHasNoBounds() {
        assertNoBounds(
                statistics(ValueSamples.type(PrimitiveTypeName.INT96), hex("00".repeat(12)), hex("01".repeat(12))), 0);
        PrimitiveType interval = Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(12)
                .as(LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.getInstance())
                .named("c");
        assertNoBounds(statistics(interval, hex("00".repeat(12)), hex("01".repeat(12))), 0);
        PrimitiveType geometry = Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.geometryType(null))
                .named("c");
        assertNoBounds(statistics(geometry, hex("01"), hex("02")), 0);
    }

    /** Cut, 0x00.. and 0x7f.. would not tell what the number is. */
    @Test
    void decimalsAreNeverCut() {
        PrimitiveType decimal = Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.decimalType(0, 300))
                .named("c");
        String positive = "7f".repeat(100);
        String negative = "80" + "00".repeat(99);
        assertBounds(statistics(decimal, hex("05"), hex(positive), hex(negative)), negative, positive);
    }

    @Test
    void aDecimalsLengthDoesNotMatter() {
        PrimitiveType decimal = Types.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.decimalType(0, 20))
                .named("c");
        assertBounds(statistics(decimal, hex("0001"), hex("02"), hex("00000003")), "0001", "00000003");
        assertBounds(statistics(decimal, hex("ffff01"), hex("fe"), hex("ffffff")), "ffff01", "ffffff");
        assertBounds(statistics(decimal, hex("ff80"), hex("81"), hex("ff7f")), "ff7f", "81");
        assertBounds(statistics(decimal, hex(""), hex("ff"), hex("01")), "ff", "01");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 200})
    void longFixedValuesHaveNoBoundsSinceNoneMayBeCut(int length) {
        Statistics<?> statistics =
                statistics(ValueSamples.fixed(length), hex("61".repeat(length)), hex("ff".repeat(length - 1) + "00"));
        assertThat(statistics.hasNonNullValue()).isFalse();
    }

    /** Eight bytes of each are looked at first; a value may be shorter, and lie at the very end of the memory. */
    @Test
    void shortValuesAreComparedByAllTheirBytes() {
        PrimitiveType type = ValueSamples.type(PrimitiveTypeName.BINARY);
        assertBounds(statistics(type, hex("61"), hex("6100"), hex("")), "", "6100");
        assertBounds(statistics(type, hex("ffffffff"), hex("ffffff"), hex("ffffffffff")), "ffffff", "ffffffffff");
        assertBounds(statistics(type, hex("80"), hex("7f")), "7f", "80");
    }
}
