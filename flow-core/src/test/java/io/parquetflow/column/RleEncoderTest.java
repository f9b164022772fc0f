package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The RLE / bit-packing hybrid, bytes derived by hand: a run is {@code count << 1} and the value in whole bytes; groups
 * of eight are {@code groups << 1 | 1} and the values, least significant bit first.
 */
class RleEncoderTest {
    private static byte[] encode(int width, int... values) {
        DirectBytes out = new DirectBytes(4);
        RleEncoder.encode(values, values.length, width, out);
        return Bytes.of(out);
    }

    private static int[] repeat(int value, int count) {
        int[] values = new int[count];
        Arrays.fill(values, value);
        return values;
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,2", "3,2", "4,3", "255,8", "256,9", "65536,17", "2147483647,31"})
    void aWidthIsWhatTheLargestValueTakes(int max, int width) {
        assertThat(RleEncoder.widthOf(max)).isEqualTo(width);
    }

    @Test
    void nothingIsNothing() {
        assertThat(encode(3)).isEmpty();
    }

    /** The specification's example: 0 to 7 in three bits are 88 c6 fa. */
    @Test
    void theSpecificationsPackedExample() {
        assertThat(encode(3, 0, 1, 2, 3, 4, 5, 6, 7)).isEqualTo(Bytes.hex("03 88c6fa"));
    }

    @Test
    void eightEqualValuesAreARun() {
        assertThat(encode(3, repeat(4, 8))).isEqualTo(Bytes.hex("10 04"));
    }

    @Test
    void sevenEqualValuesAreAGroupCutShort() {
        assertThat(encode(1, repeat(1, 7))).isEqualTo(Bytes.hex("03 7f"));
    }

    @Test
    void withoutBitsOnlyCountsAreWritten() {
        assertThat(encode(0, repeat(0, 20))).isEqualTo(Bytes.hex("28"));
        assertThat(encode(0, repeat(0, 5))).isEqualTo(Bytes.hex("03"));
    }

    @Test
    void oneBitPacksFromTheLeastSignificant() {
        assertThat(encode(1, 1, 0, 1, 1)).isEqualTo(Bytes.hex("03 0d"));
        assertThat(encode(1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1)).isEqualTo(Bytes.hex("05 82 03"));
    }

    @Test
    void eightBitsAreBytes() {
        assertThat(encode(8, 1, 2, 255, 4)).isEqualTo(Bytes.hex("03 01 02 ff 04 00000000"));
        assertThat(encode(8, repeat(200, 9))).isEqualTo(Bytes.hex("12 c8"));
    }

    /**
     * A run's value takes three bytes; a group of eight takes seventeen: 0x10001 in bits 0 to 16, 0x1ffff in bits 17 to
     * 33.
     */
    @Test
    void seventeenBits() {
        assertThat(encode(17, repeat(0x1abcd, 9))).isEqualTo(Bytes.hex("12 cdab01"));
        assertThat(encode(17, 0x10001, 0x1ffff)).isEqualTo(Bytes.hex("03 0100ffff03" + "00".repeat(12)));
    }

    /** Whole groups, then a run, then a group cut short. */
    @Test
    void groupsAndRunsFollowEachOther() {
        int[] values = concat(new int[] {1, 2, 3, 4, 5, 6, 7, 0}, repeat(5, 24), new int[] {1, 2});
        assertThat(encode(3, values)).isEqualTo(Bytes.hex("03 d1581f" + "30 05" + "03 110000"));
    }

    @Test
    void aRunAtTheEndIsARun() {
        int[] values = concat(new int[] {1, 2, 3, 4, 5, 6, 7, 0}, repeat(5, 24));
        assertThat(encode(3, values)).isEqualTo(Bytes.hex("03 d1581f" + "30 05"));
    }

    /** A group is always full but at the end: it takes the first five of the run, which goes on behind it. */
    @Test
    void aRunThatBeginsWithinAGroupIsShortenedByIt() {
        int[] values = concat(new int[] {1, 2, 3}, repeat(5, 29));
        assertThat(encode(3, values)).isEqualTo(Bytes.hex("03 d1dab6" + "30 05"));
    }

    /** 16 values of three bits are six bytes: the run's two headers and its value would save too little. */
    @Test
    void aShortRunBehindAGroupStaysPacked() {
        int[] values = concat(new int[] {1, 2, 3, 4, 5, 6, 7, 0}, repeat(5, 16));
        assertThat(encode(3, values)).isEqualTo(Bytes.hex("07 d1581f 6ddbb6 6ddbb6"));
    }

    /** 520 values without a run are 65 groups: the header is 131, two bytes of ULEB128. */
    @Test
    void manyGroupsHaveALongHeader() {
        byte[] encoded = encode(1, IntStream.range(0, 520).map(i -> i & 1).toArray());
        assertThat(encoded).hasSize(2 + 65).startsWith(Bytes.hex("8301 aaaa"));
    }

    @Test
    void aLongRunHasALongHeader() {
        assertThat(encode(2, repeat(3, 1000))).isEqualTo(Bytes.hex("d00f 03"));
    }
}
