package io.parquetflow.ring;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Every thread's claim, so that the one of a dead thread does not hold up the ring for ever.
 *
 * <p>Thread-safe; {@link #abortDead} belongs to the writer thread.
 */
final class OpenClaims {
    private final ConcurrentLinkedQueue<RingClaim> all = new ConcurrentLinkedQueue<>();

    void add(RingClaim claim) {
        all.add(claim);
    }

    int abortDead() {
        int aborted = 0;
        for (Iterator<RingClaim> i = all.iterator(); i.hasNext(); ) {
            RingClaim claim = i.next();
            // isAlive() is false only after everything the thread wrote is visible here (JLS 17.4.5)
            if (!claim.owner.isAlive()) {
                if (claim.abortOfTheDead()) {
                    aborted++;
                }
                i.remove();
            }
        }
        return aborted;
    }
}
