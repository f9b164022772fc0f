package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** BYTE_STREAM_SPLIT, bytes derived by hand: byte {@code k} of value {@code i} is byte {@code k * count + i}. */
class ByteStreamSplitTest {
    private final ByteStreamSplit streams = new ByteStreamSplit();
    private final DirectBytes out = new DirectBytes(1);

    /** The specification's example: aabbccdd 00112233 a3b4c5d6 are aa00a3 bb11b4 cc22c5 dd33d6. */
    @Test
    void theSpecificationsExample() {
        float[] values = {bits(0xddccbbaa), bits(0x33221100), bits(0xd6c5b4a3)};
        streams.encode(values, 3, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("aa00a3 bb11b4 cc22c5 dd33d6"));
    }

    private static float bits(int bits) {
        return Float.intBitsToFloat(bits);
    }

    @Test
    void integersGoLeastSignificantByteFirst() {
        streams.encode(new int[] {0x04030201, 0x14131211, -1}, 2, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("0111 0212 0313 0414"));
    }

    @Test
    void longsAndDoublesHaveEightStreams() {
        streams.encode(new long[] {0x0807060504030201L, 0x1817161514131211L}, 2, out);
        byte[] expected = Bytes.hex("0111 0212 0313 0414 0515 0616 0717 0818");
        assertThat(Bytes.of(out)).isEqualTo(expected);
        out.clear();
        double[] doubles = {Double.longBitsToDouble(0x0807060504030201L), Double.longBitsToDouble(0x1817161514131211L)};
        streams.encode(doubles, 2, out);
        assertThat(Bytes.of(out)).isEqualTo(expected);
    }

    @Test
    void byteArraysHaveAStreamForEachOfTheirBytes() {
        BytesPage page = BytesPage.ofLength(3, 1);
        page.addAll(ByteBuffer.wrap(Bytes.hex("010203 111213")), 0, 2);
        streams.encode(page, 3, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("0111 0212 0313"));
    }

    @Test
    void nothingIsNothing() {
        streams.encode(new long[0], 0, out);
        assertThat(out.size()).isZero();
    }
}
