package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Room that is written in place. */
class RingClaimTest {
    private static final int BLOCK = 64;
    private static final int BLOCKS = 64;

    private final CaptureRing ring = new CaptureRing(BLOCKS * BLOCK, BLOCK, 1000);
    private final DropCounters drops = ring.newCounters(0, "s");
    private final RingReader reader = new RingReader(ring);
    private final RingClaim claim = RingClaim.forThisThread(ring);

    private long open(int length) {
        return claim.open(3, drops, 77, CaptureRing.NO_TIME, length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 96, 97, 299, 300})
    void committingLessLeavesTheNextRecordReadable(int used) {
        byte[] payload = Rings.payload(300, used);
        assertThat(open(300)).isZero();
        claim.view().put(payload);
        claim.commit(used);
        byte[] next = Rings.payload(40, 9);
        long position = Rings.offer(ring, drops, next);
        assertThat(reader.next()).isTrue();
        assertThat(reader.length()).isEqualTo(used);
        assertThat(Rings.read(reader)).isEqualTo(java.util.Arrays.copyOf(payload, used));
        assertThat(reader.stream()).isEqualTo(3);
        assertThat(reader.tsNs()).isEqualTo(77);
        assertThat(reader.next()).isTrue();
        assertThat(reader.position()).isEqualTo(position);
        assertThat(Rings.read(reader)).isEqualTo(next);
        assertThat(reader.next()).isFalse();
        assertThat(reader.aborted()).isZero();
    }

    @Test
    void thePaddingOfAClaimThatCrossesTheEndIsPassed() {
        for (int lap = 0; lap < 3 * BLOCKS; lap++) {
            assertThat(claim.open(1, drops, lap, lap, 900)).isNotNegative();
            claim.memory().putLong(claim.payloadAt(), lap);
            claim.commit(8);
            assertThat(Rings.offer(ring, drops, new byte[] {(byte) lap})).isNotNegative();
            assertThat(reader.next()).isTrue();
            assertThat(reader.length()).isEqualTo(8);
            assertThat(reader.sourceNs()).isEqualTo(lap);
            assertThat(reader.slab().getLong(reader.payloadAt())).isEqualTo(lap);
            assertThat(reader.next()).isTrue();
            assertThat(Rings.read(reader)).containsExactly((byte) lap);
            reader.releaseTo(reader.nextPosition());
        }
    }

    @Test
    void recordsBehindAnOpenClaimWait() {
        assertThat(open(10)).isZero();
        assertThat(Rings.offer(ring, drops, new byte[] {1})).isEqualTo(1);
        assertThat(reader.next()).isFalse();
        claim.commit(0);
        assertThat(Rings.readAll(reader)).hasSize(2);
    }

    @Test
    void anAbortedClaimIsSkippedAndCounted() {
        assertThat(open(500)).isZero();
        claim.view().put(Rings.payload(500, 1));
        claim.abort();
        byte[] next = Rings.payload(5, 2);
        assertThat(Rings.offer(ring, drops, next)).isPositive();
        assertThat(Rings.readAll(reader)).containsExactly(next);
        assertThat(reader.aborted()).isEqualTo(1);
        assertThat(claim.isOpen()).isFalse();
    }

    @Test
    void theViewIsTheClaimsPartAndNoMore() {
        assertThat(claim.open(0, drops, 0, 5, 123)).isZero();
        assertThat(claim.isOpen()).isTrue();
        assertThat(claim.position()).isZero();
        assertThat(claim.length()).isEqualTo(123);
        assertThat(claim.payloadAt()).isEqualTo(Slab.HEADER_BYTES_WITH_SOURCE);
        assertThat(claim.view().position()).isZero();
        assertThat(claim.view().limit()).isEqualTo(123);
        assertThat(claim.view().capacity()).isEqualTo(123);
        assertThat(claim.view().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        claim.view().put(122, (byte) 1);
        claim.commit(123);
        assertThat(claim.position()).isNegative();
    }

    @Test
    void withoutRoomThereIsNoClaim() {
        while (Rings.offer(ring, drops, new byte[0]) >= 0) {
            assertThat(ring.usedBlocks()).isLessThanOrEqualTo(BLOCKS);
        }
        assertThat(open(0)).isEqualTo(CaptureRing.NO_ROOM);
        assertThat(claim.isOpen()).isFalse();
        assertThat(ring.claimedEnd()).isEqualTo(BLOCKS);
    }

    @Test
    void theClaimOfADeadThreadIsAborted() throws Exception {
        Thread owner = new Thread(() -> {
            RingClaim own = RingClaim.forThisThread(ring);
            own.open(0, drops, 0, CaptureRing.NO_TIME, 200);
        });
        owner.start();
        owner.join();
        byte[] behind = Rings.payload(3, 3);
        assertThat(Rings.offer(ring, drops, behind)).isEqualTo(4);
        assertThat(reader.next()).isFalse();
        assertThat(ring.abortClaimsOfTheDead()).isEqualTo(1);
        assertThat(Rings.readAll(reader)).containsExactly(behind);
        assertThat(reader.aborted()).isEqualTo(1);
        assertThat(ring.abortClaimsOfTheDead()).isZero();
    }

    @Test
    void aDeadThreadsFinishedClaimsStay() throws Exception {
        Thread owner = new Thread(() -> {
            RingClaim own = RingClaim.forThisThread(ring);
            own.open(0, drops, 0, CaptureRing.NO_TIME, 20);
            own.commit(20);
        });
        owner.start();
        owner.join();
        assertThat(ring.abortClaimsOfTheDead()).isZero();
        assertThat(Rings.readAll(reader)).hasSize(1);
    }

    @Test
    void theClaimOfALivingThreadIsLeftAlone() {
        assertThat(open(20)).isZero();
        assertThat(ring.abortClaimsOfTheDead()).isZero();
        assertThat(claim.isOpen()).isTrue();
        claim.commit(20);
        assertThat(Rings.readAll(reader)).hasSize(1);
    }
}
