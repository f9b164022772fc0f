package io.parquetflow.bench.stress;

import io.parquetflow.ring.RingClaim;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A thread dies with a claim open, while the writer thread looks for claims of the dead: the claim ends aborted, once,
 * however early the writer thread looked, and what lies behind it comes out.
 */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "the claim of the dead is passed, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "aborted while its thread lived, twice, or never")
@State
public class DeadClaimStressTest {
    private static final int LOOKS = 50;

    private final SmallRing small = new SmallRing();
    private String early = "";

    /** A thread claims, records behind it, and dies. */
    @Actor
    public void producer() {
        Thread mortal = new Thread(() -> {
            small.open(RingClaim.forThisThread(small.ring), 1);
            small.offer(2);
        });
        mortal.start();
        while (mortal.isAlive()) {
            Thread.onSpinWait();
        }
    }

    /** Looks for the dead, and reads. */
    @Actor
    public void writer() {
        for (int i = 0; i < LOOKS; i++) {
            small.ring.abortClaimsOfTheDead();
            early += small.read();
        }
    }

    /**
     * Looks once more, now that the thread is dead for certain.
     *
     * @param r what was read, and how many claims were aborted
     */
    @Arbiter
    public void rest(LL_Result r) {
        small.ring.abortClaimsOfTheDead();
        r.r1 = early + small.read();
        r.r2 = small.reader.aborted();
    }
}
