package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** As {@link CloseStressTest}, when the room left is one record: producer and close want the same blocks. */
@JCStressTest
@Outcome(id = "taken and read", expect = Expect.ACCEPTABLE, desc = "came before the close")
@Outcome(id = "refused", expect = Expect.ACCEPTABLE, desc = "came after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken and lost, or refused and there")
@State
public class CloseNearlyFullStressTest {
    private final ClosingRing closing = new ClosingRing(1);

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
