package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesReader;
import org.junit.jupiter.api.Test;

/** Definition levels as data page V1 has them: four bytes of length, little endian, then the hybrid. */
class LevelBufferTest {
    private static List<Long> histogram(LevelBuffer levels) {
        LongList counts = new LongList();
        levels.addHistogram(counts);
        return IntStream.range(0, counts.size()).mapToObj(counts::get).toList();
    }

    private final LevelBuffer levels = new LevelBuffer(1);
    private final DirectBytes out = new DirectBytes(4);

    private byte[] encode(int... values) {
        for (int value : values) {
            levels.add(value);
        }
        out.clear();
        levels.encodeWithLength(out);
        return Bytes.of(out);
    }

    @Test
    void theLengthComesFirst() {
        assertThat(encode(1, 0, 1)).isEqualTo(Bytes.hex("02000000 03 05"));
    }

    @Test
    void aPageWithoutNullsIsOneRun() {
        assertThat(encode(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).isEqualTo(Bytes.hex("02000000 14 01"));
        assertThat(histogram(levels)).containsExactly(0L, 10L);
        assertThat(levels.count()).isEqualTo(10);
    }

    @Test
    void everyLevelIsCounted() {
        encode(0, 1, 0, 0);
        assertThat(histogram(levels)).containsExactly(3L, 1L);
        levels.clear();
        assertThat(histogram(levels)).containsExactly(0L, 0L);
        assertThat(levels.count()).isZero();
    }

    @Test
    void theLengthIsWrittenBehindWhatIsThereAlready() {
        out.putLong(-1);
        levels.add(1);
        levels.encodeWithLength(out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("ffffffffffffffff 02000000 03 01"));
    }

    @Test
    void parquetJavaReadsThemBack() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(5_000);
            int nullsIn100 = random.nextInt(101);
            int[] expected = new int[count];
            levels.clear();
            for (int i = 0; i < count; i++) {
                expected[i] = random.nextInt(100) < nullsIn100 ? 0 : 1;
                levels.add(expected[i]);
            }
            out.clear();
            levels.encodeWithLength(out);
            RunLengthBitPackingHybridValuesReader reader = new RunLengthBitPackingHybridValuesReader(1);
            reader.initFromPage(count, ByteBufferInputStream.wrap(ByteBuffer.wrap(Bytes.of(out))));
            for (int i = 0; i < count; i++) {
                assertThat(reader.readInteger())
                        .as("seed=%d, index=%d", seed, i)
                        .isEqualTo(expected[i]);
            }
        }
    }
}
