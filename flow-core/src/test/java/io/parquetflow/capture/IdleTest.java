package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.WaitMode;
import org.junit.jupiter.api.Test;

class IdleTest {
    private static final int BLOCKS = 1 << 17;
    private static final long SHORTEST_NS = 50_000;
    private static final long LONGEST_NS = 4_000_000;

    private final Idle idle = new Idle(WaitMode.SLEEP);

    @Test
    void sleepsLongerStepByStepWhileTheRingIsAlmostEmpty() {
        long before = idle.parkNs();
        assertThat(before).isEqualTo(SHORTEST_NS);
        for (int i = 0; i < 30; i++) {
            idle.found(i % 2 * BLOCKS / 64, BLOCKS); // a record now and then does not wake it more often
            assertThat(idle.parkNs()).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(LONGEST_NS);
            before = idle.parkNs();
        }
        assertThat(idle.parkNs()).isEqualTo(LONGEST_NS);
    }

    @Test
    void sleepsHalfAsLongWhenTheRingFills() {
        for (int i = 0; i < 30; i++) {
            idle.found(0, BLOCKS);
        }
        idle.found(BLOCKS / 16, BLOCKS);
        assertThat(idle.parkNs()).isEqualTo(LONGEST_NS / 2);
        for (int i = 0; i < 10; i++) {
            idle.found(BLOCKS, BLOCKS);
        }
        assertThat(idle.parkNs()).isEqualTo(SHORTEST_NS);
    }

    @Test
    void aRingOfAFewBlocksIsNeverRoomyWithARecordInIt() {
        for (int i = 0; i < 30; i++) {
            idle.found(0, 16);
        }
        idle.found(1, 16);
        assertThat(idle.parkNs()).isEqualTo(LONGEST_NS / 2);
    }
}
