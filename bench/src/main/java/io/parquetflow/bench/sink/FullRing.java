package io.parquetflow.bench.sink;

import io.parquetflow.Claim;
import io.parquetflow.LogSink;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps a sink's ring full: a thread of its own opens a claim at the front and holds it, so that the writer thread can
 * take nothing of what lies behind, and that is filled to the brim.
 *
 * <p>Made and closed by one thread.
 */
public final class FullRing implements AutoCloseable {
    private static final int CLAIM_BYTES = 8;

    private final CountDownLatch claimed = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Thread holder;
    private long calls;
    private long taken;

    /**
     * Fills it.
     *
     * @param sink without records in its ring
     * @param payload of the size that is to be refused
     * @throws InterruptedException when the caller is interrupted
     */
    public FullRing(LogSink sink, byte[] payload) throws InterruptedException {
        holder = new Thread(() -> hold(sink), "bench-claim");
        holder.setDaemon(true);
        holder.start();
        claimed.await();
        calls = 1;
        taken = 1; // the claim: it is committed in the end
        boolean more = true;
        while (more) {
            more = sink.tryRecord(payload);
            calls++;
            taken += more ? 1 : 0;
        }
    }

    private void hold(LogSink sink) {
        Claim claim = sink.tryClaim(CLAIM_BYTES);
        claimed.countDown();
        try {
            enough.await();
        } catch (InterruptedException e) {
            return; // the writer thread aborts the claim of the dead
        }
        claim.putLong(0, 0).commit();
    }

    long calls() {
        return calls;
    }

    long taken() {
        return taken;
    }

    /** Commits the claim: the writer thread takes everything now. */
    @Override
    public void close() {
        enough.countDown();
        try {
            holder.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
