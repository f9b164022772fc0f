package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.column.ValueSamples.Pattern;
import io.parquetflow.spi.ColumnOptions;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Bloom filters: every value is found, and the size is what the different values need. */
class DistinctHashesTest {
    private static final ColumnOptions BLOOM = ColumnOptions.DEFAULT.withBloom(true);

    private static long hash(BloomFilter filter, Object value) {
        if (value instanceof Integer i) {
            return filter.hash((int) i);
        } else if (value instanceof Long l) {
            return filter.hash((long) l);
        } else if (value instanceof Float f) {
            return filter.hash((float) f);
        } else if (value instanceof Double d) {
            return filter.hash((double) d);
        }
        return filter.hash((Binary) value);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BOOLEAN")
    void everyValueOfAChunkIsFoundAsReadersLookForIt(PrimitiveTypeName name) {
        PrimitiveType type = ValueSamples.type(name);
        ValueBuffer buffer = ValueBuffer.of(type, BLOOM, ValueSamples.LIMITS);
        Random random = new Random(3);
        for (int chunk = 0; chunk < 2; chunk++) {
            List<Object> first = ValueSamples.values(type, Pattern.RANDOM, random);
            List<Object> second = ValueSamples.values(type, Pattern.EXTREMES, random);
            ValueSamples.add(buffer, first);
            ValueSamples.close(buffer);
            ValueSamples.addAll(buffer, second);
            ValueSamples.close(buffer);
            BloomFilter filter = buffer.bloomFilter();
            assertThat(first).allMatch(v -> filter.findHash(hash(filter, v)));
            assertThat(second).allMatch(v -> filter.findHash(hash(filter, v)));
            buffer.clearChunk();
        }
    }

    /** They are equal for whoever compares, and are hashed by their bits. */
    @Test
    void whoLooksForEitherZeroFindsBoth() {
        for (double zero : new double[] {0.0, -0.0}) {
            DoubleValues doubles = (DoubleValues)
                    ValueBuffer.of(ValueSamples.type(PrimitiveTypeName.DOUBLE), BLOOM, ValueSamples.LIMITS);
            FloatValues floats = (FloatValues)
                    ValueBuffer.of(ValueSamples.type(PrimitiveTypeName.FLOAT), BLOOM, ValueSamples.LIMITS);
            doubles.add(zero);
            floats.add((float) zero);
            ValueSamples.close(doubles);
            ValueSamples.close(floats);
            BloomFilter ofDoubles = doubles.bloomFilter();
            BloomFilter ofFloats = floats.bloomFilter();
            assertThat(ofDoubles.findHash(ofDoubles.hash(0.0))).isTrue();
            assertThat(ofDoubles.findHash(ofDoubles.hash(-0.0))).isTrue();
            assertThat(ofFloats.findHash(ofFloats.hash(0f))).isTrue();
            assertThat(ofFloats.findHash(ofFloats.hash(-0f))).isTrue();
        }
    }

    @Test
    void nobodyWhoDoesNotAskGetsAFilter() {
        ValueBuffer buffer =
                ValueBuffer.of(ValueSamples.type(PrimitiveTypeName.INT32), ColumnOptions.DEFAULT, ValueSamples.LIMITS);
        assertThat(buffer.bloomFilter()).isNull();
    }

    /** 10 bits a value at 1 % of false positives, up to two blocks more, rounded up to a power of two; one block of 32 bytes at least. */
    @ParameterizedTest
    @CsvSource({"0,32", "1,32", "20,32", "100,256", "1000,2048", "100000,131072"})
    void theSizeFollowsTheNumberOfDifferentValues(int different, int bytes) {
        DistinctHashes hashes = new DistinctHashes();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < different; i++) {
            long hash = random.nextLong();
            for (int again = 0; again < 3; again++) {
                hashes.add(hash);
            }
            hashes.add(i == 0 ? hash : 1);
        }
        assertThat(hashes.filter().getBitsetSize()).isEqualTo(bytes);
    }

    @Test
    void falsePositivesAreFew() {
        DistinctHashes hashes = new DistinctHashes();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            hashes.add(random.nextLong());
        }
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            found += hashes.filter().findHash(random.nextLong()) ? 1 : 0;
        }
        assertThat(found).isLessThan(1_500);
    }

    @Test
    void theHashZeroIsFoundAndAnotherIsNot() {
        DistinctHashes hashes = new DistinctHashes();
        assertThat(hashes.filter().findHash(0)).isFalse();
        hashes.add(5);
        hashes.clear();
        hashes.add(0);
        assertThat(hashes.filter().findHash(0)).isTrue();
        assertThat(hashes.filter().findHash(0x123456789abcdefL)).isFalse();
    }

    /** What is added after the filter was asked for is in the next one. */
    @Test
    void aFilterIsMadeAnewForWhatIsAdded() {
        DistinctHashes hashes = new DistinctHashes();
        hashes.add(0x1111111111111111L);
        assertThat(hashes.filter().findHash(0x2222222222222222L)).isFalse();
        hashes.add(0x2222222222222222L);
        assertThat(hashes.filter().findHash(0x2222222222222222L)).isTrue();
        assertThat(hashes.filter().findHash(0x1111111111111111L)).isTrue();
        hashes.clear();
        assertThat(hashes.filter().findHash(0x1111111111111111L)).isFalse();
        assertThat(hashes.filter().findHash(0x2222222222222222L)).isFalse();
        hashes.add(0x2222222222222222L);
        assertThat(hashes.filter().findHash(0x2222222222222222L)).isTrue();
    }

    @Test
    void aFilterBelongsToOneChunk() {
        ValueBuffer buffer = ValueBuffer.of(ValueSamples.type(PrimitiveTypeName.INT64), BLOOM, ValueSamples.LIMITS);
        ValueSamples.add(buffer, List.of(4L));
        ValueSamples.close(buffer);
        buffer.clearChunk();
        ValueSamples.add(buffer, List.of(5L));
        ValueSamples.close(buffer);
        assertThat(buffer.bloomFilter().findHash(buffer.bloomFilter().hash(5L))).isTrue();
        assertThat(buffer.bloomFilter().findHash(buffer.bloomFilter().hash(4L))).isFalse();
    }

    @Test
    void beyondTheLargestSetTheFilterTakesValuesAsTheyCome() {
        DistinctHashes hashes = new DistinctHashes();
        int count = DistinctHashes.MOST_DISTINCT + 10_000;
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < count; i++) {
            hashes.add(random.nextLong());
        }
        BloomFilter filter = hashes.filter();
        assertThat(filter.getBitsetSize()).isEqualTo(2 << 20);
        random = new SplittableRandom(3);
        int missed = 0;
        for (int i = 0; i < count; i++) {
            missed += filter.findHash(random.nextLong()) ? 0 : 1;
        }
        assertThat(missed).isZero();
        assertThat(hashes.memoryBytes()).isLessThan(20 << 20);
        hashes.clear();
        assertThat(hashes.filter().getBitsetSize()).isEqualTo(32);
    }
}
