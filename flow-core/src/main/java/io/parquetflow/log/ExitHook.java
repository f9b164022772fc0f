package io.parquetflow.log;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Seals what is open when the process ends: plain Logback stops no appender, and Log4j gives an appender no time. Sinks go on
 * taking events meanwhile and afterwards, because other hooks run beside this one and log.
 *
 * <p>Thread-safe.
 */
final class ExitHook {
    private static final Set<EventSink<?>> OPEN = ConcurrentHashMap.newKeySet();
    private static boolean registered;

    private ExitHook() {}

    static synchronized void add(EventSink<?> sink) {
        OPEN.add(sink);
        if (registered) {
            return;
        }
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(ExitHook::run, "parquet-flow-exit"));
            registered = true;
        } catch (IllegalStateException e) {
            registered = true; // the process ends already: what is logged now stays in slab and journal
        }
    }

    static void remove(EventSink<?> sink) {
        OPEN.remove(sink);
    }

    /** All at once: each may wait for its disk. */
    private static void run() {
        List<Thread> sealing =
                OPEN.stream().map(sink -> new Thread(sink::sealWhenQuiet)).toList();
        sealing.forEach(Thread::start);
        for (Thread thread : sealing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
