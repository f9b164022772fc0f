package io.parquetflow.agent.control;

import io.parquetflow.agent.tap.Point;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after a capture once a second: tries to open a sink that could not be, samples the kernel's drop counts, tells of
 * pointcuts that matched nothing.
 *
 * <p>Thread-safe.
 */
final class Attendant implements Runnable {
    private static final long LOOK_NS = 1_000_000_000L;
    private static final long MISSING_AFTER_NS = 30_000_000_000L;

    private final Session session;
    private final Thread thread = new Thread(this, "parquet-flow-agent");
    private final long startedNs = System.nanoTime();
    private volatile boolean stopped;
    private final Set<String> toldOf = new HashSet<>();

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
            tellOfTheMissing();
        } catch (RuntimeException | LinkageError e) {
            session.classFailed("attendant", e);
        }
    }

    private void tellOfTheMissing() {
        if (!session.config().warnsOfMissing() || System.nanoTime() - startedNs < MISSING_AFTER_NS) {
            return;
        }
        Map<String, Integer> woven = new HashMap<>();
        for (Point point : session.capture().points()) {
            woven.merge(point.stream(), point.woven(), Integer::sum);
        }
        session.config().pointcuts().forEach(pointcut -> {
            if (woven.getOrDefault(pointcut.stream(), 0) == 0 && toldOf.add(pointcut.text())) {
                StandardError.say("no method matches " + pointcut.text()
                        + " so far: is the class loaded, are the types of the arguments written in full?");
            }
        });
    }
}
