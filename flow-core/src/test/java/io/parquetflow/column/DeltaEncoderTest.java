package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * DELTA_BINARY_PACKED, bytes derived by hand from the Parquet format's "Delta Encoding": the header is
 * {@code 80 01} (block of 128), {@code 04} (miniblocks), count, first value in zigzag.
 */
class DeltaEncoderTest {
    private static byte[] encode(long... values) {
        DirectBytes out = new DirectBytes(8);
        new DeltaEncoder().encode(values, values.length, out);
        return Bytes.of(out);
    }

    /** The specification's first example: all deltas are the least one, so the miniblocks take no bits. */
    @Test
    void oneToFiveTakesNoBitsForTheDeltas() {
        assertThat(encode(1, 2, 3, 4, 5)).isEqualTo(Bytes.hex("8001 04 05 02" + "02" + "00000000"));
    }

    /**
     * The specification's second example: deltas -2 -2 -2 1 1 1 1, least -2 (zigzag 3), relative 0 0 0 3 3 3 3 in two
     * bits, least significant first.
     */
    @Test
    void theSpecificationsSecondExampleTakesTwoBits() {
        assertThat(encode(7, 5, 3, 1, 2, 3, 4, 5))
                .isEqualTo(Bytes.hex("8001 04 08 0e" + "03" + "02000000" + "c03f 000000000000"));
    }

    @Test
    void nothingIsAHeader() {
        assertThat(encode()).isEqualTo(Bytes.hex("8001 04 00 00"));
    }

    @Test
    void oneValueHasNoBlock() {
        assertThat(encode(-1)).isEqualTo(Bytes.hex("8001 04 01 01"));
        assertThat(encode(64)).isEqualTo(Bytes.hex("8001 04 01 8001"));
    }

    /** MAX - MIN is -1 in 64 bits. */
    @Test
    void deltasWrapAround() {
        assertThat(encode(Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(Bytes.hex("8001 04 02 ffffffffffffffffff01" + "01" + "00000000"));
    }

    /** Deltas MIN and 0: relative to the least, 2^63 takes all 64 bits. */
    @Test
    void theWidestDeltaTakes64Bits() {
        assertThat(encode(0, Long.MIN_VALUE, Long.MIN_VALUE))
                .isEqualTo(Bytes.hex("8001 04 03 00" + "ffffffffffffffffff01" + "40000000" + "0000000000000000"
                        + "0000000000000080" + "00".repeat(30 * 8)));
    }

    /** 33 deltas reach into the second miniblock, which is padded; the third and fourth have no width. */
    @Test
    void aMiniblockCutShortIsPadded() {
        long[] values = new long[34];
        values[33] = 1;
        assertThat(encode(values)).isEqualTo(Bytes.hex("8001 04 22 00" + "00" + "00010000" + "01000000"));
    }

    /** 129 values are a block; the 130th begins another. */
    @Test
    void aFullBlockIsFollowedByAnother() {
        long[] values = new long[130];
        for (int i = 0; i < 129; i++) {
            values[i] = 3L * i;
        }
        values[129] = values[128] - 1;
        assertThat(encode(values)).isEqualTo(Bytes.hex("8001 04 8201 00" + "06 00000000" + "01 00000000"));
    }

    @Test
    void anEncoderIsUsedAgainWithoutTracesOfThePageBefore() {
        DeltaEncoder encoder = new DeltaEncoder();
        DirectBytes out = new DirectBytes(8);
        long[] wild = {5, Long.MAX_VALUE, -9, 3, Long.MIN_VALUE, 8, 1, 2, 3};
        encoder.encode(wild, wild.length, out);
        out.clear();
        encoder.encode(new long[] {7, 5, 3, 1, 2, 3, 4, 5}, 8, out);
        assertThat(Bytes.of(out)).isEqualTo(encode(7, 5, 3, 1, 2, 3, 4, 5));
    }

    private static byte[] encodeInts(int... values) {
        DirectBytes out = new DirectBytes(8);
        new DeltaEncoder().encode(values, values.length, out);
        return Bytes.of(out);
    }

    @Test
    void smallIntsAreAsLongs() {
        assertThat(encodeInts(7, 5, 3, 1, 2, 3, 4, 5)).isEqualTo(encode(7, 5, 3, 1, 2, 3, 4, 5));
        assertThat(encodeInts()).isEqualTo(encode());
        assertThat(encodeInts(Integer.MIN_VALUE)).isEqualTo(encode(Integer.MIN_VALUE));
    }

    /** MAX - MIN is -1 in 32 bits. */
    @Test
    void deltasOfIntsWrapAroundIn32Bits() {
        assertThat(encodeInts(Integer.MIN_VALUE, Integer.MAX_VALUE))
                .isEqualTo(Bytes.hex("8001 04 02 ffffffff0f" + "01" + "00000000"));
    }

    /** Deltas MIN and MAX: relative to the least, 0 and 2^32 - 1. */
    @Test
    void theWidestDeltaOfIntsTakes32Bits() {
        assertThat(encodeInts(0, Integer.MIN_VALUE, -1))
                .isEqualTo(Bytes.hex(
                        "8001 04 03 00" + "ffffffff0f" + "20000000" + "00000000" + "ffffffff" + "00".repeat(30 * 4)));
    }
}
