package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The commit word: nothing but the record that lies there now has it. */
class MarkerTest {
    private static final int BLOCK = 64;
    private static final int RING = 64 * BLOCK;
    private static final int MAX_PAYLOAD = 1000;

    @Test
    void everyPositionHasItsOwn() {
        Marker marker = new Marker(0x0123456789abcdefL);
        long[] markers = new long[500_000];
        for (int i = 0; i < markers.length; i++) {
            markers[i] = marker.at(i);
        }
        Arrays.sort(markers);
        assertThat(Arrays.stream(markers).distinct().count()).isEqualTo(markers.length);
    }

    @Test
    void freshMemoryNeverLooksCommitted() {
        Marker marker = new Marker(-1);
        for (long position = 0; position < 100_000; position++) {
            assertThat(marker.at(position)).isNegative();
        }
    }

    @Test
    void anotherWritersMarkersAreOthers() {
        Marker one = Marker.random();
        Marker other = Marker.random();
        for (long position = 0; position < 10_000; position++) {
            assertThat(one.at(position)).isNotEqualTo(other.at(position));
        }
    }

    /**
     * Payloads are copies of the ring's own memory, markers included, laid so that markers fall where the ring looks for
     * them; after each record the reader looks at blocks that hold nothing but such copies.
     */
    @Test
    void aPayloadOfCopiedMarkersIsNeverTakenForARecord() {
        long seed = 20_261_120;
        Random random = new Random(seed);
        CaptureRing ring = new CaptureRing(RING, BLOCK, MAX_PAYLOAD, new Marker(seed));
        DropCounters drops = ring.newCounters(0, "s");
        RingReader reader = new RingReader(ring);
        Deque<byte[]> accepted = new ArrayDeque<>();
        long laps = 0;
        while (laps < 60) {
            byte[] forged = forged(ring, random);
            long position = Rings.offer(ring, drops, forged);
            if (position >= 0) {
                accepted.add(forged);
                laps = position / ring.blocks();
            }
            if (position < 0 || random.nextInt(3) == 0) {
                assertThat(ring.committedFrom(reader.nextPosition()))
                        .as("seed=%d, lap=%d", seed, laps)
                        .isEqualTo(accepted.size());
                while (reader.next()) {
                    assertThat(Rings.read(reader))
                            .as("seed=%d, position=%d", seed, reader.position())
                            .isEqualTo(accepted.poll());
                }
                assertThat(accepted).as("seed=%d, lap=%d", seed, laps).isEmpty();
                reader.releaseTo(reader.nextPosition());
            }
        }
    }

    /** Whole blocks out of the slab: a few bytes of payload first, so that the next block boundary gets a marker. */
    private static byte[] forged(CaptureRing ring, Random random) {
        byte[] payload = new byte[random.nextInt(MAX_PAYLOAD + 1)];
        int toNextBlock = BLOCK - Slab.HEADER_BYTES;
        for (int at = toNextBlock; at < payload.length; at += BLOCK) {
            int from = random.nextInt(ring.blocks()) * BLOCK;
            ring.slab.memory.get(from, payload, at, Math.min(BLOCK, payload.length - at));
        }
        return payload;
    }

    @Test
    void anOpenClaimOverCopiedMarkersIsNotCommitted() {
        long seed = 7;
        Random random = new Random(seed);
        CaptureRing ring = new CaptureRing(RING, BLOCK, MAX_PAYLOAD, new Marker(seed));
        DropCounters drops = ring.newCounters(0, "s");
        RingReader reader = new RingReader(ring);
        RingClaim claim = RingClaim.forThisThread(ring);
        for (int i = 0; i < 2_000; i++) {
            byte[] forged = forged(ring, random);
            assertThat(claim.open(0, drops, 0, CaptureRing.NO_TIME, forged.length))
                    .isNotNegative();
            claim.view().put(forged);
            assertThat(reader.next()).as("seed=%d, round=%d", seed, i).isFalse();
            assertThat(ring.committedFrom(reader.nextPosition()))
                    .as("seed=%d, round=%d", seed, i)
                    .isZero();
            claim.commit(forged.length);
            assertThat(reader.next()).isTrue();
            assertThat(Rings.read(reader)).isEqualTo(forged);
            reader.releaseTo(reader.nextPosition());
        }
    }
}
