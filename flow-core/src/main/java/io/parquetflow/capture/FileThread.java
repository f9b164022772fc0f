package io.parquetflow.capture;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What takes a disk its time (forcing, renaming, deleting) is done here, one thing after the other, while the writer
 * thread goes on with the ring. Deleting a file of 256 MB takes tens of milliseconds even on a memory file system.
 *
 * <p>The thread comes with the first work and goes when there has been none for a while. Where no thread is to be had, the
 * writer thread does it itself.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class FileThread {
    private static final long IDLE_S = 10;
    private static final long POLL_NS = 100_000;

    private final ThreadPoolExecutor thread;

    FileThread(String sink) {
        this.thread = new ThreadPoolExecutor(1, 1, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread t = new Thread(task, "parquet-flow-" + sink + "-files");
            t.setDaemon(true);
            return t;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    <T> Future<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        run(task);
        return task;
    }

    /** For work that tells of its own troubles. */
    void run(Runnable work) {
        try {
            thread.execute(work);
        } catch (RuntimeException | Error e) {
            work.run(); // shut down, or no thread: better late than never
        }
    }

    /** Does it, and something else meanwhile, again and again. */
    <T> T await(Callable<T> work, Runnable meanwhile) throws IOException {
        Future<T> task = start(work);
        while (!task.isDone()) {
            meanwhile.run();
            LockSupport.parkNanos(this, POLL_NS);
            Thread.interrupted(); // or every park from here on would return at once
        }
        return result(task);
    }

    /** Of work that is done. */
    static <T> T result(Future<T> done) throws IOException {
        try {
            return done.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("asked for before it was done", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
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
