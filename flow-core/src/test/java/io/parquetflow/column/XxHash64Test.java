package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;

/** XXH64 against published values, and against parquet-java, whose readers look filters up with it. */
class XxHash64Test {
    private final BlockSplitBloomFilter reader = new BlockSplitBloomFilter(32);

    private static long of(byte[] bytes, long seed) {
        ByteBuffer padded = ByteBuffer.allocate(bytes.length + 7).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(3, bytes);
        return XxHash64.of(padded, 3, bytes.length, seed);
    }

    private static long of(String ascii) {
        return of(ascii.getBytes(StandardCharsets.US_ASCII), 0);
    }

    @Test
    void publishedValues() {
        assertThat(of("")).isEqualTo(0xef46db3751d8e999L);
        assertThat(of("a")).isEqualTo(0xd24ec4f1a98c6e5bL);
        assertThat(of("abc")).isEqualTo(0x44bc2cf5ad770999L);
    }

    @Test
    void bytesOfAnyLengthAreAsReadersHashThem() {
        Random random = new Random(1);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(of(bytes, 0))
                    .as("length=%d", length)
                    .isEqualTo(reader.hash(Binary.fromConstantByteArray(bytes)));
        }
    }

    @Test
    void numbersAreAsReadersHashThem() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(XxHash64.of(value)).as("%d", value).isEqualTo(reader.hash(value));
            assertThat(XxHash64.of((int) value)).as("%d", (int) value).isEqualTo(reader.hash((int) value));
        }
    }

    @Test
    void anotherSeedIsAnotherHash() {
        assertThat(of(new byte[40], 1)).isNotEqualTo(of(new byte[40], 0));
        assertThat(of(new byte[4], 1)).isNotEqualTo(of(new byte[4], 0));
    }
}
