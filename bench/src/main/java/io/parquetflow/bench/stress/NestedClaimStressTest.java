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
 * A thread that has a claim open records something else, by way of a library that logs for example: the reader sees
 * nothing of it before the claim is committed, then both, the claim first.
 */
@JCStressTest
@Outcome(id = "nothing, 12", expect = Expect.ACCEPTABLE, desc = "the claim was open")
@Outcome(id = "12, 12", expect = Expect.ACCEPTABLE, desc = "the claim was committed, and so the other one visible too")
@Outcome(expect = Expect.FORBIDDEN, desc = "the nested record overtook the claim, or was lost")
@State
public class NestedClaimStressTest {
    private final SmallRing small = new SmallRing();
    private String early = "";

    /** Claims, records, commits. */
    @Actor
    public void producer() {
        RingClaim claim = RingClaim.forThisThread(small.ring);
        small.open(claim, 1);
        small.offer(2);
        claim.commit(SmallRing.PAYLOAD_BYTES);
    }

    /**
     * Reads what is there.
     *
     * @param r what was read
     */
    @Actor
    public void reader(LL_Result r) {
        early = small.read();
        r.r1 = early.isEmpty() ? "nothing" : early;
    }

    /**
     * Reads the rest.
     *
     * @param r both readings
     */
    @Arbiter
    public void rest(LL_Result r) {
        r.r2 = early + small.read();
    }
}
