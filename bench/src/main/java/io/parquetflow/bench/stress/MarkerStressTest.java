package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A reader that sees the marker sees every byte that was stored before it. */
@JCStressTest
@Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "not committed yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn")
@State
public class MarkerStressTest {
    private final SmallRing small = new SmallRing();

    /** Puts one record in. */
    @Actor
    public void producer() {
        small.offer(1);
    }

    /**
     * Reads it, or nothing.
     *
     * @param r what was read
     */
    @Actor
    public void reader(L_Result r) {
        String ids = small.read();
        r.r1 = ids.isEmpty() ? "nothing" : ids;
    }
}
