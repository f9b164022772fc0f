package io.parquetflow.bench.log;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/**
 * One thread that logs, open-loop: event {@code i} is due at {@code start + i / rate}, whatever became of those before.
 *
 * <p>Not thread-safe: itself a thread; its figures are there when it has ended.
 */
final class LogThread extends Thread {
    private static final long MOST_NS = 10_000_000_000L;
    private static final int CHUNK = 10_000;
    private static final long REAL_BYTES = 100_000_000;

    final Histogram service = new Histogram(MOST_NS, 3);
    final Histogram response = new Histogram(MOST_NS, 3);
    long events;
    long allocatedBytes;

    private final LogLoad load;
    private final double seconds;
    private final boolean measured;

    LogThread(LogLoad load, double seconds, boolean measured, int number) {
        super("bench-" + number);
        this.load = load;
        this.seconds = seconds;
        this.measured = measured;
    }

    @Override
    public void run() {
        Caller caller = Caller.of(load.contender(), load.kind());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(getId());
        if (load.kind() == EventKind.REAL) {
            once(caller);
        } else if (load.rate() == 0) {
            flatOut(caller);
        } else {
            paced(caller);
        }
        allocatedBytes = threads.getThreadAllocatedBytes(getId()) - before;
    }

    private void once(Caller caller) {
        events = measured ? RealLines.events(REAL_BYTES) : 0;
        for (long i = 0; i < events; i++) {
            caller.log(i);
        }
    }

    private void flatOut(Caller caller) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long i = 0;
        while (System.nanoTime() - end < 0) {
            for (int n = 0; n < 1_000; n++) {
                caller.log(i++);
            }
        }
        events = i;
    }

    private void paced(Caller caller) {
        double interval = 1e9 * load.threads() / load.rate();
        long count = Math.max(1, Math.round(seconds * 1e9 / interval));
        long start = System.nanoTime() + 1_000_000;
        for (long from = 0; from < count; from += CHUNK) {
            chunk(caller, start, interval, from, Math.min(count, from + CHUNK));
        }
        events = count;
    }

    private void chunk(Caller caller, long start, double interval, long from, long to) {
        for (long i = from; i < to; i++) {
            long due = start + (long) (i * interval);
            long before = System.nanoTime();
            while (before - due < 0) {
                before = System.nanoTime();
            }
            caller.log(i);
            long after = System.nanoTime();
            if (measured) {
                service.recordValue(Math.min(after - before, MOST_NS));
                response.recordValue(Math.min(after - due, MOST_NS));
            }
        }
    }
}
