package io.parquetflow.agent.control;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after a capture once a second: tries to open a sink that could not be, samples the kernel's drop counts, tells of
 * pointcuts that matched nothing.
 *
 * <p>Thread-safe.
 */
final class Attendant implements Runnable {
    private static final long LOOK_NS = 1_000_000_000L;
    private static final Duration MISSING_AFTER = Duration.ofSeconds(30);

    private final Session session;
    private final Thread thread = new Thread(this, "parquet-flow-agent");
    private final Missing missing = new Missing(System.nanoTime(), MISSING_AFTER, StandardError::say);
    private volatile boolean stopped;

    Attendant(Session session) {
        this.session = session;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!stopped) {
            look();
            LockSupport.parkNanos(this, LOOK_NS);
        }
    }

    private void look() {
        try {
            session.sink().tryOpen();
            session.capture().openTheRest();
            session.capture().sampleKernelDrops();
            missing.tell(System.nanoTime(), session.config(), session.capture().points());
        } catch (RuntimeException | LinkageError e) {
            session.classFailed("attendant", e);
        }
    }
}
