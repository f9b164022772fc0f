package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Close against a producer: a record that was taken lies in front of where the writer thread stops, one that was
 * refused is nowhere.
 */
@JCStressTest
@Outcome(id = "taken and read", expect = Expect.ACCEPTABLE, desc = "came before the close")
@Outcome(id = "refused", expect = Expect.ACCEPTABLE, desc = "came after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken and lost, or refused and there")
@State
public class CloseStressTest {
    private final ClosingRing closing = new ClosingRing(SmallRing.BLOCKS / SmallRing.BLOCKS_PER_RECORD);

    /** Puts a record in, or does not. */
    @Actor
    public void producer() {
        closing.offerFirst();
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
