package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bytes follow from who made them, and from nothing else. */
class PayloadTest {
    private static byte[] record(long seed, int generation, int producer, long counter) {
        Payload payload = new Payload(seed);
        return Arrays.copyOf(payload.bytes(), payload.make(generation, producer, counter));
    }

    @Test
    void aRecordIsKnownAgainByItsOwnBytes() {
        Payload payload = new Payload(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] record = record(1, 3, 2, i);
            assertThat(payload.isIntact(record)).isTrue();
            assertThat(Payload.generation(record)).isEqualTo(3);
            assertThat(Payload.producer(record)).isEqualTo(2);
            assertThat(Payload.counter(record)).isEqualTo(i);
        }
    }

    @Test
    void everySingleBitCounts() {
        Payload payload = new Payload(1);
        byte[] record = record(1, 0, 0, 4);
        for (int bit = 0; bit < record.length * 8; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(payload.isIntact(record)).as("bit %d", bit).isFalse();
            record[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(payload.isIntact(record)).isTrue();
    }

    @Test
    void aRecordCutShortOrOfAnotherSeedIsNotIntact() {
        byte[] record = record(1, 0, 0, 4);
        assertThat(new Payload(2).isIntact(record)).isFalse();
        assertThat(new Payload(1).isIntact(Arrays.copyOf(record, record.length - 1)))
                .isFalse();
        assertThat(new Payload(1).isIntact(Arrays.copyOf(record, 3))).isFalse();
        assertThat(new Payload(1).isIntact(new byte[0])).isFalse();
    }

    @Test
    void lengthsAreShortMostlyAndLongSometimes() {
        Set<Integer> lengths = new HashSet<>();
        int longest = 0;
        int shortOnes = 0;
        for (int i = 0; i < 20_000; i++) {
            int length = new Payload(9).make(0, 0, i);
            lengths.add(length);
            longest = Math.max(longest, length);
            shortOnes += length <= 256 ? 1 : 0;
        }
        assertThat(longest).isBetween(16_000, Payload.MOST_BYTES);
        assertThat(shortOnes).isBetween(15_000, 19_000);
        assertThat(lengths).hasSizeGreaterThan(500).contains(Payload.HEADER_BYTES);
    }
}
