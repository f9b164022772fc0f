package io.parquetflow.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a disk may refuse before a person is to see to it. Asked again and again while it does.
 *
 * <p>Not thread-safe.
 */
final class DiskPatience implements BooleanSupplier {
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(30);
    /** Nobody has asked for so long: it took something meanwhile. */
    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(5);

    private long sinceNs;
    private long lastNs;
    private boolean refusing;

    @Override
    public boolean getAsBoolean() {
        long now = System.nanoTime();
        if (!refusing || now - lastNs > PAUSE_NS) {
            sinceNs = now;
            refusing = true;
        }
        lastNs = now;
        return now - sinceNs > MOST_NS;
    }
}
