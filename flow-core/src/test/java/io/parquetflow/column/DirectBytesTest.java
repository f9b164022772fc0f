package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that grow. */
class DirectBytesTest {
    @ParameterizedTest
    @CsvSource({
        "0,00",
        "1,01",
        "127,7f",
        "128,8001",
        "300,ac02",
        "9223372036854775807,ffffffffffffffff7f",
        "-1,ffffffffffffffffff01"
    })
    void varintsAreUleb128(long value, String hex) {
        DirectBytes bytes = new DirectBytes(1);
        bytes.putVarint(value);
        assertThat(Bytes.of(bytes)).isEqualTo(Bytes.hex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "0,00",
        "-1,01",
        "1,02",
        "-64,7f",
        "64,8001",
        "9223372036854775807,feffffffffffffffff01",
        "-9223372036854775808,ffffffffffffffffff01"
    })
    void zigzagPutsTheSignLast(long value, String hex) {
        DirectBytes bytes = new DirectBytes(1);
        bytes.putZigZag(value);
        assertThat(Bytes.of(bytes)).isEqualTo(Bytes.hex(hex));
    }

    @Test
    void whatIsThereStaysWhenItGrows() {
        DirectBytes bytes = new DirectBytes(1);
        bytes.putByte(0x1ff);
        bytes.putInt(0x04030201);
        bytes.putLong(0x0807060504030201L);
        bytes.put(new byte[] {9, 8, 7, 6}, 1, 2);
        bytes.put(ByteBuffer.wrap(new byte[] {5, 4, 3}), 1, 2);
        assertThat(Bytes.of(bytes)).isEqualTo(Bytes.hex("ff 01020304 0102030405060708 0807 0403"));
        int capacity = bytes.capacity();
        bytes.skip(capacity);
        assertThat(bytes.capacity()).isGreaterThanOrEqualTo(2 * capacity);
        bytes.cutTo(1);
        assertThat(Bytes.of(bytes)).containsExactly(0xff);
        bytes.clear();
        assertThat(bytes.size()).isZero();
    }

    @Test
    void numbersGoInOnePieceLittleEndian() {
        DirectBytes bytes = new DirectBytes(1);
        bytes.putByte(7);
        bytes.putInts(new int[] {0x04030201, -1, 99}, 2);
        bytes.putLongs(new long[] {0x0807060504030201L, 99}, 1);
        bytes.putFloats(new float[] {1f, 99f}, 1);
        bytes.putDoubles(new double[] {-2.0, 99}, 1);
        assertThat(Bytes.of(bytes))
                .isEqualTo(Bytes.hex("07 01020304 ffffffff 0102030405060708 0000803f 00000000000000c0"));
        bytes.putInts(new int[0], 0);
        assertThat(bytes.size()).isEqualTo(29);
    }

    @Test
    void aChunkBeyondTwoGibibytesIsRefusedBeforeMemoryIsTaken() {
        DirectBytes bytes = new DirectBytes(16);
        bytes.cutTo(Integer.MAX_VALUE - 100);
        assertThatIllegalStateException()
                .isThrownBy(() -> bytes.ensure(100))
                .withMessage("a column chunk cannot be larger than 2 GiB: bytes=2147483647");
        assertThat(bytes.capacity()).isEqualTo(16);
    }

    /** A view that is kept must be of the memory as it is, and begin where the numbers do. */
    @Test
    void numbersBeginAnywhereBeforeAndAfterItGrows() {
        DirectBytes some = new DirectBytes(64);
        for (int round = 0; round < 3; round++) {
            for (int offset = 0; offset < 17; offset++) {
                some.cutTo(offset);
                some.putLongs(new long[] {offset, -1}, 2);
                some.putInts(new int[] {offset}, 1);
                some.putDoubles(new double[] {offset}, 1);
                some.putFloats(new float[] {offset}, 1);
                assertThat(some.size()).isEqualTo(offset + 32);
                assertThat(some.memory().getLong(offset)).isEqualTo(offset);
                assertThat(some.memory().getLong(offset + 8)).isEqualTo(-1);
                assertThat(some.memory().getInt(offset + 16)).isEqualTo(offset);
                assertThat(some.memory().getDouble(offset + 20)).isEqualTo(offset);
                assertThat(some.memory().getFloat(offset + 28)).isEqualTo(offset);
            }
            some.ensure(some.capacity());
        }
    }
}
