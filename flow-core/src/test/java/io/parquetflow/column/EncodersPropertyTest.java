package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our encoders write, parquet-java's own decoders read. */
class EncodersPropertyTest {
    private static final int SEEDS = 300;
    private static final int MOST_VALUES = 1000;

    /** How the longs of a page follow each other. */
    enum Longs {
        CONSTANT {
            @Override
            LongUnaryOperator from(Random random) {
                long value = random.nextLong();
                return i -> value;
            }
        },
        ASCENDING {
            @Override
            LongUnaryOperator from(Random random) {
                long start = random.nextLong();
                int step = 1 + random.nextInt(1_000_000);
                return i -> start + i * step + random.nextInt(step);
            }
        },
        DESCENDING_BY_ONE {
            @Override
            LongUnaryOperator from(Random random) {
                long start = random.nextInt();
                return i -> start - i;
            }
        },
        ANY_64_BITS {
            @Override
            LongUnaryOperator from(Random random) {
                return i -> random.nextLong();
            }
        },
        EXTREMES {
            @Override
            LongUnaryOperator from(Random random) {
                return i -> (i & 1) == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
        },
        FEW_BITS_AND_AN_OUTLIER {
            @Override
            LongUnaryOperator from(Random random) {
                int bits = 1 + random.nextInt(63);
                return i -> random.nextInt(100) == 0 ? random.nextLong() : random.nextLong() >>> (64 - bits);
            }
        };

        abstract LongUnaryOperator from(Random random);
    }

    @ParameterizedTest
    @EnumSource(Longs.class)
    void deltasComeBack(Longs kind) throws Exception {
        DeltaEncoder encoder = new DeltaEncoder();
        DirectBytes out = new DirectBytes(16);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            LongUnaryOperator next = kind.from(random);
            int count = seed < 40 ? seed * 8 % 300 : random.nextInt(MOST_VALUES + 1);
            long[] values = new long[MOST_VALUES];
            for (int i = 0; i < count; i++) {
                values[i] = next.applyAsLong(i);
            }
            out.clear();
            encoder.encode(values, count, out);
            DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
            ByteBufferInputStream in = ByteBufferInputStream.wrap(ByteBuffer.wrap(Bytes.of(out)));
            reader.initFromPage(count, in);
            for (int i = 0; i < count; i++) {
                assertThat(reader.readLong())
                        .as("%s, seed=%d, count=%d, index=%d", kind, seed, count, i)
                        .isEqualTo(values[i]);
            }
            assertThat(in.available())
                    .as("%s, seed=%d, count=%d: bytes left over", kind, seed, count)
                    .isZero();
        }
    }

    /** The lower halves of the same numbers; no miniblock of INT32 may be wider than 32 bits. */
    @ParameterizedTest
    @EnumSource(Longs.class)
    void deltasOfIntsComeBack(Longs kind) throws Exception {
        DeltaEncoder encoder = new DeltaEncoder();
        DirectBytes out = new DirectBytes(16);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            LongUnaryOperator next = kind.from(random);
            int count = seed < 40 ? seed * 8 % 300 : random.nextInt(MOST_VALUES + 1);
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = (int) next.applyAsLong(i);
            }
            out.clear();
            encoder.encode(values, count, out);
            assertThat(out.size())
                    .as("%s, seed=%d, count=%d", kind, seed, count)
                    .isLessThanOrEqualTo(20 + (count + 127) / 128 * (5 + 4 + 128 * Integer.BYTES));
            DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
            reader.initFromPage(count, ByteBufferInputStream.wrap(ByteBuffer.wrap(Bytes.of(out))));
            for (int i = 0; i < count; i++) {
                assertThat(reader.readInteger())
                        .as("%s, seed=%d, count=%d, index=%d", kind, seed, count, i)
                        .isEqualTo(values[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31})
    void theHybridComesBack(int width) throws Exception {
        DirectBytes out = new DirectBytes(16);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int count = random.nextInt(MOST_VALUES + 1);
            int longestRun = 1 + random.nextInt(40);
            int[] values = new int[count];
            for (int i = 0; i < count; ) {
                int value = (int) (random.nextLong() & ((1L << width) - 1));
                for (int run = random.nextInt(longestRun); run >= 0 && i < count; run--) {
                    values[i++] = value;
                }
            }
            out.clear();
            RleEncoder.encode(values, count, width, out);
            ByteArrayInputStream in = new ByteArrayInputStream(Bytes.of(out));
            RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(width, in);
            for (int i = 0; i < count; i++) {
                assertThat(decoder.readInt())
                        .as("width=%d, seed=%d, count=%d, index=%d", width, seed, count, i)
                        .isEqualTo(values[i]);
            }
            assertThat(in.available())
                    .as("width=%d, seed=%d, count=%d: bytes left over", width, seed, count)
                    .isZero();
        }
    }
}
