package io.parquetflow.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many events were dropped, by severity number: a sink counts causes, an operator asks for levels.
 *
 * <p>Thread-safe.
 */
final class DropTally {
    private final AtomicLongArray counts = new AtomicLongArray(Severity.MOST + 1);

    /** Why the last one was. */
    enum Cause {
        RING_FULL("the ring was full; raise ring-bytes, or log less"),
        NOT_OPEN("the sink could not be opened; the status says why"),
        CLOSED("the appender was stopped"),
        NO_ROW("no row could be made of them; the status says why of the first");

        private final String text;

        Cause(String text) {
            this.text = text;
        }
    }

    private volatile Cause last = Cause.RING_FULL;

    void count(int severityNumber, Cause cause) {
        if (last != cause) {
            last = cause;
        }
        counts.incrementAndGet(Math.min(Math.max(severityNumber, 0), Severity.MOST));
    }

    String lastCause() {
        return last.text;
    }

    long total() {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        return total;
    }

    /** By level, the least severe first; levels without drops are left out. */
    Map<String, Long> byLevel() {
        Map<String, Long> levels = new LinkedHashMap<>();
        for (int i = 0; i < counts.length(); i++) {
            long count = counts.get(i);
            if (count > 0) {
                levels.merge(Severity.name(i), count, Long::sum);
            }
        }
        return levels;
    }
}
