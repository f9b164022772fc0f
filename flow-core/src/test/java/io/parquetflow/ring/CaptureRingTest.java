package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the ring promises to one producer and one writer thread. */
class CaptureRingTest {
    private static final int BLOCK = 64;
    private static final int BLOCKS = 64;
    private static final int MAX_PAYLOAD = 500;

    private final CaptureRing ring = new CaptureRing(BLOCKS * BLOCK, BLOCK, MAX_PAYLOAD);
    private final DropCounters drops = ring.newCounters(0, "s");
    private final RingReader reader = new RingReader(ring);

    private long offer(byte[] payload) {
        return Rings.offer(ring, drops, payload);
    }

    private void fillWithOneBlockRecords() {
        for (int i = 0; i < BLOCKS; i++) {
            assertThat(offer(new byte[] {(byte) i})).isEqualTo(i);
        }
    }

    @Test
    void aFullRingRefuses() {
        fillWithOneBlockRecords();
        assertThat(offer(new byte[0])).isEqualTo(CaptureRing.NO_ROOM);
        assertThat(ring.usedBlocks()).isEqualTo(BLOCKS);
    }

    @Test
    void whatIsReadIsNotYetReleased() {
        fillWithOneBlockRecords();
        assertThat(Rings.readAll(reader)).hasSize(BLOCKS);
        assertThat(offer(new byte[0])).isEqualTo(CaptureRing.NO_ROOM);
    }

    @Test
    void exactlyTheReleasedBlocksComeBack() {
        fillWithOneBlockRecords();
        for (int i = 0; i < 10; i++) {
            assertThat(reader.next()).isTrue();
        }
        reader.releaseTo(reader.nextPosition());
        assertThat(ring.usedBlocks()).isEqualTo(BLOCKS - 10);
        for (int i = 0; i < 10; i++) {
            assertThat(offer(new byte[] {1})).isEqualTo(BLOCKS + i);
        }
        assertThat(offer(new byte[] {1})).isEqualTo(CaptureRing.NO_ROOM);
    }

    @Test
    void aRecordLargerThanTheRoomLeftIsRefusedAndASmallerOneIsNot() {
        assertThat(offer(new byte[MAX_PAYLOAD])).isZero();
        while (ring.usedBlocks() < BLOCKS - 1) {
            assertThat(offer(new byte[0])).isNotNegative();
        }
        assertThat(offer(new byte[BLOCK])).isEqualTo(CaptureRing.NO_ROOM);
        assertThat(offer(new byte[0])).isEqualTo(BLOCKS - 1);
    }

    @Test
    void positionsCountBlocks() {
        assertThat(offer(new byte[0])).isZero();
        assertThat(offer(new byte[BLOCK - Slab.HEADER_BYTES])).isEqualTo(1);
        assertThat(offer(new byte[BLOCK - Slab.HEADER_BYTES + 1])).isEqualTo(2);
        assertThat(offer(new byte[3 * BLOCK])).isEqualTo(4);
        assertThat(ring.claimedEnd()).isEqualTo(8);
        for (long expected : new long[] {0, 1, 2, 4}) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.position()).isEqualTo(expected);
        }
        assertThat(reader.nextPosition()).isEqualTo(8);
    }

    @Test
    void aSourceTimeTakesEightBytesMore() {
        int fits = BLOCK - Slab.HEADER_BYTES_WITH_SOURCE;
        assertThat(ring.offer(0, drops, 1, 2, new byte[fits], 0, fits)).isZero();
        assertThat(ring.offer(0, drops, 1, 2, new byte[fits + 1], 0, fits + 1)).isEqualTo(1);
        assertThat(ring.claimedEnd()).isEqualTo(3);
    }

    @Test
    void aRecordThatStartsInTheLastBlockIsContiguous() {
        for (int i = 0; i < BLOCKS - 1; i++) {
            assertThat(offer(new byte[0])).isNotNegative();
        }
        assertThat(Rings.readAll(reader)).hasSize(BLOCKS - 1);
        reader.releaseTo(reader.nextPosition());
        byte[] largest = Rings.payload(MAX_PAYLOAD, 1);
        byte[] behind = Rings.payload(10, 2);
        assertThat(offer(largest)).isEqualTo(BLOCKS - 1);
        long next = offer(behind);
        assertThat(reader.next()).isTrue();
        assertThat(reader.payloadAt()).isEqualTo((BLOCKS - 1) * BLOCK + Slab.HEADER_BYTES);
        assertThat(Rings.read(reader)).isEqualTo(largest);
        assertThat(reader.next()).isTrue();
        assertThat(reader.position()).isEqualTo(next);
        assertThat(Rings.read(reader)).isEqualTo(behind);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void theLargestPayloadFitsAtEveryPosition() {
        byte[] largest = Rings.payload(MAX_PAYLOAD, 3);
        for (int i = 0; i < 3 * BLOCKS; i++) {
            assertThat(ring.offer(1, drops, 1, 2, largest, 0, MAX_PAYLOAD)).isNotNegative();
            assertThat(offer(new byte[0])).isNotNegative();
            assertThat(reader.next()).isTrue();
            assertThat(Rings.read(reader)).isEqualTo(largest);
            assertThat(reader.next()).isTrue();
            reader.releaseTo(reader.nextPosition());
        }
    }

    @Test
    void everyHeaderFieldComesBack() {
        drops.count(0, true);
        drops.count(3, false);
        drops.count(5, true);
        byte[] payload = Rings.payload(100, 4);
        ring.offer(65_535, drops, -1, Long.MAX_VALUE, payload, 10, 20);
        ring.offer(7, ring.newCounters(0, "s"), 42, CaptureRing.NO_TIME, payload, 0, 0);
        assertThat(reader.next()).isTrue();
        assertThat(reader.stream()).isEqualTo(65_535);
        assertThat(reader.tsNs()).isEqualTo(-1);
        assertThat(reader.hasSource()).isTrue();
        assertThat(reader.sourceNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.dropsBefore()).isEqualTo(2);
        assertThat(Rings.read(reader)).isEqualTo(java.util.Arrays.copyOfRange(payload, 10, 30));
        assertThat(reader.next()).isTrue();
        assertThat(reader.stream()).isEqualTo(7);
        assertThat(reader.tsNs()).isEqualTo(42);
        assertThat(reader.hasSource()).isFalse();
        assertThat(reader.dropsBefore()).isZero();
        assertThat(reader.length()).isZero();
    }

    @Test
    void buffersOfAnyKindAreTakenAndNotMoved() {
        byte[] bytes = Rings.payload(50, 5);
        ByteBuffer direct = ByteBuffer.allocateDirect(50).put(bytes).position(5).limit(45);
        ByteBuffer readOnly =
                ByteBuffer.wrap(bytes).asReadOnlyBuffer().position(1).limit(2);
        assertThat(ring.offer(0, drops, 0, CaptureRing.NO_TIME, direct, 5, 40)).isNotNegative();
        assertThat(ring.offer(0, drops, 0, CaptureRing.NO_TIME, readOnly, 1, 1)).isNotNegative();
        assertThat(direct.position()).isEqualTo(5);
        assertThat(direct.limit()).isEqualTo(45);
        assertThat(readOnly.position()).isEqualTo(1);
        List<byte[]> read = Rings.readAll(reader);
        assertThat(read.get(0)).isEqualTo(java.util.Arrays.copyOfRange(bytes, 5, 45));
        assertThat(read.get(1)).containsExactly(bytes[1]);
    }

    @Test
    void whatThrowsWhileItIsCopiedIsSkippedAndHoldsNothingUp() {
        ByteBuffer shrunk = ByteBuffer.allocate(300).limit(3);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> ring.offer(0, drops, 0, CaptureRing.NO_TIME, shrunk, 0, 300));
        assertThatNullPointerException()
                .isThrownBy(() -> ring.offer(0, drops, 0, 5, (byte[]) null, 0, BLOCK - Slab.HEADER_BYTES));
        byte[] good = Rings.payload(70, 6);
        assertThat(offer(good)).isNotNegative();
        assertThat(Rings.readAll(reader)).containsExactly(good);
        assertThat(reader.aborted()).isEqualTo(2);
        assertThat(reader.nextPosition()).isEqualTo(ring.claimedEnd());
    }

    @Test
    void sealingTakesAllRoomAndAnswersTheEnd() {
        assertThat(offer(Rings.payload(200, 7))).isZero();
        assertThat(offer(Rings.payload(1, 8))).isEqualTo(4);
        assertThat(ring.gate()).isEqualTo(CaptureRing.OPEN);
        long end = ring.seal();
        assertThat(end).isEqualTo(5);
        assertThat(ring.gate()).isEqualTo(CaptureRing.CLOSED);
        assertThat(ring.usedBlocks())
                .as("what the seal took counts for nothing")
                .isEqualTo(5);
        assertThat(ring.claimedEnd()).isEqualTo(end);
        assertThat(offer(new byte[0])).isEqualTo(CaptureRing.NO_ROOM);
        assertThat(Rings.readAll(reader)).hasSize(2);
        assertThat(reader.nextPosition()).isEqualTo(end);
    }

    @Test
    void sealingAFullRingAnswersItsEnd() {
        fillWithOneBlockRecords();
        assertThat(ring.seal()).isEqualTo(BLOCKS);
    }

    @Test
    void sealingDoesNotHideThatTheWriterFailed() {
        ring.shut(CaptureRing.FAILED);
        ring.seal();
        assertThat(ring.gate()).isEqualTo(CaptureRing.FAILED);
    }

    /** The flag alone would lose who read it, slept, and got in after the last look. */
    @Test
    void whoGetsInBesideTheSealIsReadAndWhoeverComesAfterIsRefused() throws Exception {
        for (int round = 0; round < 200; round++) {
            CaptureRing raced = new CaptureRing(16 << 10, BLOCK, 200);
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger ready = new AtomicInteger();
            List<Thread> producers = new ArrayList<>();
            for (int p = 0; p < 2; p++) {
                int length = 20 + p * 60;
                Thread producer = new Thread(() -> {
                    DropCounters own = raced.newCounters(0, "s");
                    ready.incrementAndGet();
                    while (Rings.offer(raced, own, new byte[length]) >= 0) {
                        accepted.incrementAndGet();
                    }
                });
                producers.add(producer);
                producer.start();
            }
            while (ready.get() < 2) {
                Thread.onSpinWait();
            }
            long end = raced.seal();
            for (Thread producer : producers) {
                producer.join();
            }
            RingReader raceReader = new RingReader(raced);
            int read = 0;
            while (raceReader.nextPosition() < end && raceReader.next()) {
                read++;
            }
            assertThat(read).as("round " + round).isEqualTo(accepted.get());
            assertThat(raceReader.nextPosition()).isEqualTo(end);
        }
    }

    @Test
    void committedRecordsAreCountedPastOpenAndAbortedClaims() {
        assertThat(offer(new byte[100])).isNotNegative();
        RingClaim open = RingClaim.forThisThread(ring);
        assertThat(open.open(0, drops, 0, CaptureRing.NO_TIME, 200)).isNotNegative();
        assertThat(offer(new byte[10])).isNotNegative();
        RingClaim given = RingClaim.forThisThread(ring);
        assertThat(given.open(0, drops, 0, 9, 90)).isNotNegative();
        given.abort();
        assertThat(offer(new byte[0])).isNotNegative();
        assertThat(ring.committedFrom(0)).isEqualTo(3);
        open.commit(1);
        assertThat(ring.committedFrom(0)).isEqualTo(4);
        assertThat(reader.next()).isTrue();
        assertThat(ring.committedFrom(reader.nextPosition())).isEqualTo(3);
        assertThat(Rings.readAll(reader)).hasSize(3);
        assertThat(ring.committedFrom(reader.nextPosition())).isZero();
    }

    @Test
    void aRingThatCannotHoldTwoOfTheLargestIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureRing(4096, 64, 2048))
                .withMessage("the largest record must fit twice: ring-bytes=4096, block-bytes=64, max-payload=2048");
        assertThat(new CaptureRing(4096, 64, 2048 - Slab.HEADER_BYTES_WITH_SOURCE).maxPayload())
                .isEqualTo(2008);
    }

    @Test
    void theMemoryThatIsToldCoversTheMemoryThatIsTaken() {
        for (int block : new int[] {64, 128, 4096}) {
            for (int most : new int[] {1, 23, 24, 25, 5000}) {
                CaptureRing made = new CaptureRing(64 << 10, block, most);
                assertThat(CaptureRing.memoryFor(64 << 10, block, most))
                        .isBetween((long) made.slab.memory.capacity(), made.slab.memory.capacity() + 64L + 4096);
            }
        }
    }
}
