package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pieces of memory of any length at any place, against what the JDK says of arrays. */
class ByteRangesTest {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(400).order(ByteOrder.LITTLE_ENDIAN);
    private final Random random = new Random(1);

    /** Mostly equal, so that differences lie anywhere. */
    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(30) == 0 ? random.nextInt(256) : 0xff);
        }
        return bytes;
    }

    @Test
    void piecesAreCompared() {
        for (int round = 0; round < 20_000; round++) {
            byte[] a = bytes(random.nextInt(100));
            byte[] b = random.nextInt(4) == 0 ? a : bytes(random.nextInt(100));
            int bAt = 400 - b.length;
            memory.put(3, a).put(bAt, b);
            int common = Math.min(a.length, b.length);
            int mismatch = Arrays.mismatch(a, 0, common, b, 0, common);
            assertThat(ByteRanges.mismatch(memory, 3, memory, bAt, common)).isEqualTo(mismatch < 0 ? common : mismatch);
            assertThat(Integer.signum(ByteRanges.compareUnsigned(memory, 3, a.length, bAt, b.length)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
            BigInteger x = a.length == 0 ? BigInteger.ZERO : new BigInteger(a);
            BigInteger y = b.length == 0 ? BigInteger.ZERO : new BigInteger(b);
            assertThat(Integer.signum(ByteRanges.compareSigned(memory, 3, a.length, bAt, b.length)))
                    .as("%s, %s", x, y)
                    .isEqualTo(x.compareTo(y));
        }
    }

    @Test
    void piecesAreCopiedAndNothingAroundThem() {
        for (int length = 0; length < 150; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            memory.put(5, bytes);
            ByteBuffer to = ByteBuffer.allocate(length + 9).order(ByteOrder.LITTLE_ENDIAN);
            Arrays.fill(to.array(), (byte) 0x55);
            ByteRanges.copy(memory, 5, to, 4, length);
            assertThat(Arrays.copyOfRange(to.array(), 4, 4 + length)).isEqualTo(bytes);
            assertThat(Arrays.copyOfRange(to.array(), 0, 4)).containsOnly(0x55);
            assertThat(Arrays.copyOfRange(to.array(), 4 + length, length + 9)).containsOnly(0x55);
        }
    }
}
