package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * As {@link CloseStressTest} with two records and room for both. The thread that closes offers the second one itself
 * just before, so that the test needs no third core.
 */
@JCStressTest
@Outcome(id = "both taken and read", expect = Expect.ACCEPTABLE, desc = "both came before the close")
@Outcome(id = "second taken and read", expect = Expect.ACCEPTABLE, desc = "the first came after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken and lost, or refused and there")
@State
public class CloseTwoProducersStressTest {
    private final ClosingRing closing = new ClosingRing(2);

    /** Puts a record in, or does not. */
    @Actor
    public void producer1() {
        closing.offerFirst();
    }

    /** Puts another one in, or does not, and closes. */
    @Actor
    public void producer2AndWriter() {
        closing.offerSecond();
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
