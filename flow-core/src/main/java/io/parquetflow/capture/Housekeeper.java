package io.parquetflow.capture;

import io.parquetflow.file.Retention;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Applies retention on a thread of its own. Deleting a file of 256 MB takes tens of milliseconds even on a memory file
 * system: on the writer thread the ring would fill meanwhile.
 *
 * <p>The thread comes with the first work and goes when there has been none for a while. Methods belong to the writer
 * thread.
 */
final class Housekeeper {
    private static final long IDLE_S = 10;

    private final Retention retention;
    private final ThreadPoolExecutor thread;
    private volatile Throwable failure;

    Housekeeper(Retention retention, String sink) {
        this.retention = retention;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_S,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(1),
                task -> {
                    Thread t = new Thread(task, "parquet-flow-" + sink + "-files");
                    t.setDaemon(true);
                    return t;
                },
                // one application waits already, and will see what this one would have seen
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Soon. Does nothing where there is no limit. */
    void retain() {
        if (retention.isOn()) {
            try {
                thread.execute(this::apply);
            } catch (Throwable t) {
                failure = t; // no thread to be had: the writer thread has better to do than to die of it
            }
        }
    }

    private void apply() {
        try {
            retention.apply(Instant.now());
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** What went wrong since the last call, null when nothing did. */
    Throwable takeFailure() {
        Throwable taken = failure;
        failure = null;
        return taken;
    }

    /** Lets what waits be done. */
    void close(long timeoutNs) {
        thread.shutdown();
        try {
            thread.awaitTermination(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
