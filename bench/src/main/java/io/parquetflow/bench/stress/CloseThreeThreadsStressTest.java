package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * As {@link CloseTwoProducersStressTest} with a thread for each, which needs three cores; machines with two skip it.
 */
@JCStressTest
@Outcome(id = "taken and read", expect = Expect.ACCEPTABLE, desc = "the first got the room")
@Outcome(id = "second taken and read", expect = Expect.ACCEPTABLE, desc = "the second got it")
@Outcome(id = "refused", expect = Expect.ACCEPTABLE, desc = "the close got it")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken and lost, or refused and there")
@State
public class CloseThreeThreadsStressTest {
    private final ClosingRing closing = new ClosingRing(1);

    /** Puts a record in, or does not. */
    @Actor
    public void producer1() {
        closing.offerFirst();
    }

    /** Puts another one in, or does not. */
    @Actor
    public void producer2() {
        closing.offerSecond();
    }

    /** Closes. */
    @Actor
    public void writer() {
        closing.sealAndDrain();
    }

    /**
     * Compares.
     *
     * @param r the verdict
     */
    @Arbiter
    public void verdict(L_Result r) {
        r.r1 = closing.verdict();
    }
}
