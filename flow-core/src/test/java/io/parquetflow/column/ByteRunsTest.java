package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hybrid for values of a byte each: the bytes of {@link RleEncoder}, whose own test derives them by hand. */
class ByteRunsTest {
    private static byte[] encode(int width, int... values) {
        DirectBytes out = new DirectBytes(1);
        ByteRuns.encode(bytes(values), values.length, width, out);
        return Bytes.of(out);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The specification's example: 0 to 7 in three bits are 88 c6 fa. */
    @Test
    void theSpecificationsPackedExample() {
        assertThat(encode(3, 0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo(Bytes.hex("03 88c6fa"));
    }

    /** A run of 9 is 9 << 1 and the value; 1 0 1 1 are the lowest bits of a byte. */
    @Test
    void aRunAndAGroupCutShort() {
        assertThat(encode(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0)).isEqualTo(Bytes.hex("12 01" + "03 06"));
    }

    /** Two values of seven bits are two bytes, and a group of eight has seven. */
    @Test
    void aGroupCutShortHasAllItsBytes() {
        assertThat(encode(7, 127, 1)).isEqualTo(Bytes.hex("03 ff00 0000000000"));
    }

    @Test
    void theLengthComesFirstAndCountsOnlyWhatFollows() {
        DirectBytes out = new DirectBytes(1);
        out.putByte(9);
        ByteRuns.encodeWithLength(bytes(1, 0, 1), 3, 1, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("09 02000000 03 05"));
    }

    /** 1 0 1 1 0 0 0 0 is 0d, least significant first; a ninth value begins another byte. */
    @Test
    void bitsArePackedWithoutAnythingAroundThem() {
        DirectBytes out = new DirectBytes(1);
        ByteRuns.pack(bytes(9, 1, 0, 1, 1, 0, 0, 0, 0, 1), 1, 10, 1, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("0d 01"));
        out.clear();
        ByteRuns.pack(bytes(1, 1, 1, 1, 1, 1, 1, 1), 0, 8, 1, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("ff"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void theyAreTheBytesOfTheEncoderForAnyWidth(int width) {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int count = random.nextInt(400);
            int longestRun = 1 + random.nextInt(30);
            int[] values = new int[count];
            for (int i = 0; i < count; ) {
                int value = random.nextInt(1 << width);
                for (int run = random.nextInt(longestRun); run >= 0 && i < count; run--) {
                    values[i++] = value;
                }
            }
            DirectBytes expected = new DirectBytes(1);
            RleEncoder.encode(values, count, width, expected);
            assertThat(encode(width, values))
                    .as("seed=%d, count=%d", seed, count)
                    .isEqualTo(Bytes.of(expected));
        }
    }
}
