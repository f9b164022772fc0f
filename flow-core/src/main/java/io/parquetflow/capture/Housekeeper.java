package io.parquetflow.capture;

import io.parquetflow.file.Retention;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Applies retention on the {@link FileThread}.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Housekeeper {
    private final Retention retention;
    private final FileThread files;
    /** One application waits already, and will see what another one would have seen. */
    private final AtomicBoolean waits = new AtomicBoolean();

    private volatile Throwable failure;

    Housekeeper(Retention retention, FileThread files) {
        this.retention = retention;
        this.files = files;
    }

    /** Soon. Does nothing where there is no limit. */
    void retain() {
        if (retention.isOn() && waits.compareAndSet(false, true)) {
            files.run(this::apply);
        }
    }

    private void apply() {
        waits.set(false);
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
}
