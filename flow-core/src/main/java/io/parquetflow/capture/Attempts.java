package io.parquetflow.capture;

import io.parquetflow.file.StorageFaults;
import io.parquetflow.spi.Diagnostics;
import java.io.IOException;

/**
 * Writing that fails and is tried again: when, and who is told.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Attempts {
    private final Backoff backoff = new Backoff();
    private final Progress progress;
    private final Listeners listeners;
    private final Complaints complaints;
    /** Whether the last failure was a full disk: then another file would not help. */
    private boolean full;
    /** Whether the fault at hand has been told: then its end is told as well. */
    private boolean complained;

    Attempts(Progress progress, Listeners listeners, Complaints complaints) {
        this.progress = progress;
        this.listeners = listeners;
        this.complaints = complaints;
    }

    boolean mayTry(long nanoTime) {
        return backoff.mayTry(nanoTime);
    }

    /** In a row. */
    int failures() {
        return backoff.failures();
    }

    boolean isFull() {
        return full;
    }

    void failed(IOException e) {
        full = StorageFaults.isFull(e);
        Thread.interrupted(); // an interrupt is not ours, and would close the next channel as well
        if (backoff.failures() == 0) {
            listeners.failed(e);
        }
        backoff.failed(System.nanoTime());
        progress.degraded(true, String.valueOf(e));
        complained |= complaints.complain(
                Diagnostics.Level.WARN,
                (full ? "the disk is full: " : "writing fails: ") + e
                        + ": records wait, then tryRecord answers false; trying again",
                e);
    }

    void succeeded() {
        if (!backoff.succeeded()) {
            return;
        }
        progress.degraded(false, "");
        if (complained) {
            complaints.say(Diagnostics.Level.INFO, "writing again", null);
            complained = false;
        }
        listeners.recovered();
    }
}
