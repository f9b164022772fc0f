package io.parquetflow.bench.stress;

import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.DropCounters;
import io.parquetflow.spi.DropCause;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** Two producers are refused at the same time: every refusal is counted once, under its cause and as lost or not. */
@JCStressTest
@Outcome(id = "20, 10, 20", expect = Expect.ACCEPTABLE, desc = "exact")
@Outcome(expect = Expect.FORBIDDEN, desc = "miscounted")
@State
public class DropCountersStressTest {
    private static final int ROUNDS = 10;

    private final DropCounters drops = new CaptureRing(
                    SmallRing.BLOCKS * SmallRing.BLOCK_BYTES, SmallRing.BLOCK_BYTES, SmallRing.PAYLOAD_BYTES)
            .newCounters(0, "s");

    /** Is refused for want of room. */
    @Actor
    public void producer1() {
        for (int i = 0; i < ROUNDS; i++) {
            drops.count(DropCause.RING_FULL.slot(), true);
        }
    }

    /** Is refused for want of room, and because of the close. */
    @Actor
    public void producer2() {
        for (int i = 0; i < ROUNDS; i++) {
            drops.count(DropCause.RING_FULL.slot(), true);
            drops.count(DropCause.CLOSED.slot(), false);
        }
    }

    /**
     * Adds up.
     *
     * @param r ring full, closed, lost
     */
    @Arbiter
    public void sums(JJJ_Result r) {
        r.r1 = drops.dropped(DropCause.RING_FULL.slot());
        r.r2 = drops.dropped(DropCause.CLOSED.slot());
        r.r3 = drops.lost();
    }
}
