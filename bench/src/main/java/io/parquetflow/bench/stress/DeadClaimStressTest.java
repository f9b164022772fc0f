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
 * A thread commits one claim, opens another and dies, while the writer thread looks for claims of the dead: the claim of
 * the living is left alone, that of the dead ends aborted, once, however early the writer thread looked, and what lies
 * around them comes out.
 */
@JCStressTest
@Outcome(id = "123, 1", expect = Expect.ACCEPTABLE, desc = "only the claim of the dead is passed, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "aborted while its thread lived, twice, or never")
@State
public class DeadClaimStressTest {
    private final SmallRing small = new SmallRing();
    private String early = "";
    private volatile boolean dead;

    /**
     * A thread claims and commits, records, claims again, records behind it, and dies. We sleep meanwhile: jcstress ties us
     * to a core, and the thread inherits that.
     */
    @Actor
    public void producer() {
        Thread mortal = new Thread(() -> {
            RingClaim claim = RingClaim.forThisThread(small.ring);
            small.open(claim, 1);
            claim.commit(SmallRing.PAYLOAD_BYTES);
            small.offer(2);
            small.open(claim, 4);
            small.offer(3);
        });
        mortal.start();
        try {
            mortal.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        dead = true;
    }

    /** Looks for the dead, and reads, all the while; starting a thread takes longer than any number of looks. */
    @Actor
    public void writer() {
        while (!dead) {
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
