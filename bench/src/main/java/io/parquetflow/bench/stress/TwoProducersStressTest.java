package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two producers: both records are there, once and whole, in the order of the positions they were told. */
@JCStressTest
@Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "the first one first")
@Outcome(id = "21", expect = Expect.ACCEPTABLE, desc = "the second one first")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, torn or out of order")
@State
public class TwoProducersStressTest {
    private final SmallRing small = new SmallRing();
    private long first;
    private long second;
    private String early = "";

    /** Puts record 1 in. */
    @Actor
    public void producer1() {
        first = small.offer(1);
    }

    /**
     * Puts record 2 in, then reads what is there while the other may be between claim and marker. One thread does both,
     * so that the test needs no third core.
     */
    @Actor
    public void producer2AndReader() {
        second = small.offer(2);
        early = small.read();
    }

    /**
     * Reads the rest.
     *
     * @param r both readings
     */
    @Arbiter
    public void rest(L_Result r) {
        String ids = early + small.read();
        boolean inOrder = ids.equals(first < second ? "12" : "21");
        r.r1 = inOrder ? ids : ids + ", positions " + first + " " + second;
    }
}
