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

    void count(int severityNumber) {
        counts.incrementAndGet(Math.min(Math.max(severityNumber, 0), Severity.MOST));
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
