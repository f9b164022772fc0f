package io.parquetflow.bench.stress;

import io.parquetflow.ring.RingClaim;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A thread leaves a claim open and claims again, which aborts the first, as {@link io.parquetflow.Claim} does: the
 * reader never sees the first, and the second only when it is committed. That one is committed shorter than it was
 * claimed, so that a padding lies behind it.
 */
@JCStressTest
@Outcome(id = "nothing, 23, 1", expect = Expect.ACCEPTABLE, desc = "the second claim was open")
@Outcome(id = "2, 23, 1", expect = Expect.ACCEPTABLE, desc = "the second claim was committed")
@Outcome(id = "23, 23, 1", expect = Expect.ACCEPTABLE, desc = "and the record behind its padding as well")
@Outcome(expect = Expect.FORBIDDEN, desc = "an aborted claim was read, or what follows was lost")
@State
public class AbandonedClaimStressTest {
    private static final int SHORT = 10;

    private final SmallRing small = new SmallRing();
    private String early = "";

    /** Claims, forgets it, claims again, commits, records. */
    @Actor
    public void producer() {
        RingClaim claim = RingClaim.forThisThread(small.ring);
        small.open(claim, 1);
        if (claim.isOpen()) {
            claim.abort();
        }
        small.open(claim, 2);
        claim.commit(SHORT);
        small.offer(3);
    }

    /**
     * Reads what is there.
     *
     * @param r what was read
     */
    @Actor
    public void reader(LLL_Result r) {
        early = small.read();
        r.r1 = early.isEmpty() ? "nothing" : early;
    }

    /**
     * Reads the rest.
     *
     * @param r both readings, and how many claims were aborted
     */
    @Arbiter
    public void rest(LLL_Result r) {
        r.r2 = early + small.read();
        r.r3 = small.reader.aborted();
    }
}
