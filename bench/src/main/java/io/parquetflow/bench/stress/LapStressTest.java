package io.parquetflow.bench.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A full ring, whose oldest record is read and given back while a producer waits to write over it: the reader gets the
 * old record, never a byte of the new one; and the new one, if it was taken, comes out last and whole, from under the
 * markers of the lap before.
 */
@JCStressTest
@Outcome(id = "1, 2345678", expect = Expect.ACCEPTABLE, desc = "the producer came before the room")
@Outcome(id = "1, 23456789", expect = Expect.ACCEPTABLE, desc = "the producer got the room")
@Outcome(expect = Expect.FORBIDDEN, desc = "overwritten while it was read, or lost")
@State
public class LapStressTest {
    private static final int NEW = 9;

    private final SmallRing small = new SmallRing();
    private boolean taken;

    /** Fills the ring. */
    public LapStressTest() {
        small.fillBut(0);
    }

    /** Tries to get the room that the reader gives back. */
    @Actor
    public void producer() {
        taken = small.offer(NEW) >= 0;
    }

    /**
     * Reads the oldest record and gives it back.
     *
     * @param r what was read
     */
    @Actor
    public void reader(LL_Result r) {
        r.r1 = small.reader.next() ? small.current() : "nothing";
        small.reader.releaseTo(small.reader.nextPosition());
    }

    /**
     * Reads the rest.
     *
     * @param r what was read
     */
    @Arbiter
    public void rest(LL_Result r) {
        String ids = small.read();
        r.r2 = taken == ids.endsWith(Integer.toString(NEW)) ? ids : "taken=" + taken + " " + ids;
    }
}
