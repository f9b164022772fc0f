package io.parquetflow.testing;

import io.parquetflow.Claim;
import io.parquetflow.LogSink;
import java.util.concurrent.CountDownLatch;

/** Holds a claim open on a thread of its own: nothing behind it can be taken out, so the ring fills and stays full. */
public final class FullRing implements AutoCloseable {
    private final CountDownLatch claimed = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Thread holder;
    private volatile boolean givenUp;

    public FullRing(LogSink sink) throws InterruptedException {
        holder = new Thread(() -> hold(sink), "holds-a-claim");
        holder.start();
        claimed.await();
    }

    private void hold(LogSink sink) {
        try (Claim claim = sink.tryClaim(1)) {
            claimed.countDown();
            letGo.await();
            if (!givenUp) {
                claim.putByte(0, (byte) 'h').commit();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records until there is no room; answers how many were taken. */
    public static long fill(LogSink sink, byte[] payload) {
        long taken = 0;
        while (sink.tryRecord(payload)) {
            taken++;
        }
        return taken;
    }

    /** The claim becomes no record: for sinks whose payloads are not just bytes. */
    public void giveUp() {
        givenUp = true;
    }

    /** Commits the claim, or gives it up. */
    @Override
    public void close() throws InterruptedException {
        letGo.countDown();
        holder.join();
    }
}
