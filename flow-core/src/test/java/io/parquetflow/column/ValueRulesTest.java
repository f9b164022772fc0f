package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edges of every type's range, one by one and in arrays. */
class ValueRulesTest {
    private static ValueRules rules(String field) {
        return ValueRules.of(
                RecordLayoutTest.schema("required " + field + ";").getColumns().get(0));
    }

    private static boolean allows(ValueRules rules, byte... bytes) {
        return rules.allows(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int32 a (INTEGER(8,true))    | -128          | 127",
                "int32 a (INTEGER(16,true))   | -32768        | 32767",
                "int32 a (INTEGER(8,false))   | 0             | 255",
                "int32 a (INTEGER(16,false))  | 0             | 65535",
                "int32 a (TIME(MILLIS,true))  | 0             | 86399999",
                "int64 a (TIME(MICROS,false)) | 0             | 86399999999",
                "int64 a (TIME(NANOS,true))   | 0             | 86399999999999",
                "int32 a (DECIMAL(1,0))       | -9            | 9",
                "int32 a (DECIMAL(9,4))       | -999999999    | 999999999",
                "int64 a (DECIMAL(10,4))      | -9999999999   | 9999999999",
                "int64 a (DECIMAL(18,0))      | -999999999999999999 | 999999999999999999"
            })
    void numbersHaveTheirRange(String field, long min, long max) {
        ValueRules rules = rules(field);
        boolean isInt = field.startsWith("int32");
        long[] edges = {
            Long.MIN_VALUE, Integer.MIN_VALUE, min - 1, min, 0, max, max + 1, Integer.MAX_VALUE, Long.MAX_VALUE
        };
        for (long value : edges) {
            boolean inRange = value >= min && value <= max;
            assertThat(rules.allows(value)).as("value=%d", value).isEqualTo(inRange);
            if (isInt && value == (int) value) {
                int[] values = new int[50];
                values[37] = (int) value;
                assertThat(rules.firstBad(values, 50)).isEqualTo(inRange ? -1 : 37);
                assertThat(rules.firstBad(values, 37)).isEqualTo(-1);
            } else if (!isInt) {
                long[] values = new long[50];
                values[37] = value;
                assertThat(rules.firstBad(values, 50)).isEqualTo(inRange ? -1 : 37);
                assertThat(rules.firstBad(values, 37)).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int32 a",
                "int32 a (INTEGER(32,true))",
                "int32 a (INTEGER(32,false))",
                "int32 a (DATE)",
                "int64 a",
                "int64 a (INTEGER(64,false))",
                "int64 a (TIMESTAMP(NANOS,true))",
            })
    void otherNumbersAreFree(String field) {
        ValueRules rules = rules(field);
        int[] ints = {0, Integer.MIN_VALUE, Integer.MAX_VALUE, -1};
        long[] longs = {0, Long.MIN_VALUE, Long.MAX_VALUE, -1};
        assertThat(rules.firstBad(ints, 4)).isEqualTo(-1);
        assertThat(rules.firstBad(longs, 4)).isEqualTo(-1);
        for (long value : longs) {
            assertThat(rules.allows(value)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary a (STRING)", "binary a (ENUM)", "binary a (JSON)"})
    void textIsUtf8(String field) {
        ValueRules rules = rules(field);
        assertThat(allows(rules)).isTrue();
        assertThat(allows(rules, "é€😀".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(allows(rules, (byte) 'a', (byte) 0xff)).isFalse();
        assertThat(allows(rules, Bytes.hex("c3"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary a", "binary a (BSON)", "fixed_len_byte_array(2) a (FLOAT16)", "int96 a"})
    void otherBytesAreFreeButForTheirLength(String field) {
        ValueRules rules = rules(field);
        int length = field.startsWith("fixed") ? 2 : 12;
        assertThat(allows(rules, Bytes.repeat(0xff, length))).isTrue();
        assertThat(allows(rules, Bytes.repeat(0, length + 1))).isEqualTo(field.startsWith("binary"));
        assertThat(rules.firstBad(ByteBuffer.wrap(Bytes.repeat(0xff, 24)), 0, 2))
                .isEqualTo(-1);
        assertThat(rules.firstBad(ByteBuffer.wrap(Bytes.repeat(0xff, 4)), new int[] {0, 2, 4}, 2))
                .isEqualTo(-1);
    }

    @Test
    void theFirstBadTextIsFoundAmongMany() {
        ValueRules rules = rules("binary a (STRING)");
        // "é" cut in two is valid as a whole, and not value by value
        byte[] bytes = "abcé".getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(2, bytes);
        assertThat(rules.firstBad(direct, new int[] {2, 4, 4, 7}, 3)).isEqualTo(-1);
        assertThat(rules.firstBad(direct, new int[] {2, 4, 6, 7}, 3)).isEqualTo(1);
        assertThat(rules.firstBad(direct, new int[] {2, 4, 6, 7}, 1)).isEqualTo(-1);
        assertThat(rules.firstBad(direct, new int[] {0}, 0)).isEqualTo(-1);
    }

    @Test
    void decimalsInBytesHaveNoMoreDigitsThanTheirPrecision() {
        for (int precision = 1; precision <= 60; precision++) {
            ValueRules binary = rules("binary a (DECIMAL(" + precision + ",0))");
            BigInteger limit = BigInteger.TEN.pow(precision);
            for (int padding = 0; padding <= 10; padding++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    BigInteger bad = limit.multiply(BigInteger.valueOf(sign));
                    BigInteger good = bad.subtract(BigInteger.valueOf(sign));
                    assertThat(allows(binary, padded(good, padding)))
                            .as("%s padding=%d", good, padding)
                            .isTrue();
                    assertThat(allows(binary, padded(bad, padding)))
                            .as("%s padding=%d", bad, padding)
                            .isFalse();
                }
            }
            assertThat(allows(binary)).as("no bytes").isFalse();
        }
    }

    private static byte[] padded(BigInteger value, int padding) {
        byte[] shortest = value.toByteArray();
        byte[] bytes = new byte[shortest.length + padding];
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, padding, shortest.length);
        return bytes;
    }

    @Test
    void randomDecimalsAreJudgedAsBigIntegerDoes() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            int precision = 1 + random.nextInt(40);
            byte[] bytes = new byte[1 + random.nextInt(18)];
            random.nextBytes(bytes);
            boolean fits = new BigInteger(bytes).abs().compareTo(BigInteger.TEN.pow(precision)) < 0;
            assertThat(new DecimalBounds(precision).holds(ByteBuffer.wrap(bytes), 0, bytes.length))
                    .as("seed=%d", seed)
                    .isEqualTo(fits);
        }
    }

    @Test
    void theFirstBadFixedDecimalIsFoundAmongMany() {
        ValueRules rules = rules("fixed_len_byte_array(2) a (DECIMAL(3,0))");
        ByteBuffer bytes =
                ByteBuffer.wrap(Bytes.hex("00 03e7 fc19 0000 fc18 03e8")).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(rules.firstBad(bytes, 1, 3)).isEqualTo(-1);
        assertThat(rules.firstBad(bytes, 1, 5)).isEqualTo(3);
    }

    @Test
    void refusalsNameColumnTypeAndValue() {
        ValueRules text = ValueRules.of(RecordLayoutTest.schema("required group g { required binary t (STRING); }")
                .getColumns()
                .get(0));
        byte[] bytes = Bytes.repeat('a', 40);
        bytes[20] = (byte) 0xff;
        assertThat(text.refusal(ByteBuffer.wrap(bytes), 0, 40))
                .isEqualTo("invalid UTF-8: column=g.t, type=BINARY STRING, length=40, index=20, bytes from 12=0x"
                        + "61".repeat(8) + "ff" + "61".repeat(7)
                        + "..; write valid text, or have the column repaired");
        assertThat(rules("int64 a (TIME(NANOS,true))").refusal(-1))
                .isEqualTo("value out of range: column=a, type=INT64 TIME(NANOS,true), value=-1, min=0,"
                        + " max=86399999999999");
        assertThat(rules("fixed_len_byte_array(16) a (UUID)").refusal(ByteBuffer.allocate(3), 0, 3))
                .isEqualTo("wrong length: column=a, type=FIXED_LEN_BYTE_ARRAY(16) UUID, length=3, expected=16");
    }
}
