package io.parquetflow.capture;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Where the recovery thread hands guests over to the writer thread, one at a time.
 *
 * <p>Thread-safe.
 */
final class GuestDesk {
    /** The one that waits; this object itself once the desk is closed. */
    private final AtomicReference<Object> waits = new AtomicReference<>();

    /** False when another one waits, or nobody comes to fetch it any more. */
    boolean offer(Guest guest) {
        return waits.compareAndSet(null, guest);
    }

    /** The writer thread's: null when there is none. */
    Guest take() {
        Object first = waits.get();
        return first instanceof Guest guest && waits.compareAndSet(first, null) ? guest : null;
    }

    /** The writer thread's: nobody may come any more. Answers who still waits, or null. */
    Guest close() {
        return waits.getAndSet(this) instanceof Guest guest ? guest : null;
    }

    boolean isClosed() {
        return waits.get() == this;
    }
}
