package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import java.time.Duration;

/**
 * Closes a run's sink and compares what the producers counted with what the sink says: every call was accepted or
 * dropped, and what was accepted is in sealed files. A run that does not add up is no result, whatever its times.
 */
final class Accounting {
    private static final Duration CLOSE_AT_MOST = Duration.ofMinutes(2);

    private Accounting() {}

    /**
     * Closes and compares.
     *
     * @param calls of producers
     * @param taken calls that were answered with yes
     * @return the sink's last numbers
     * @throws IllegalStateException when they do not add up
     */
    static SinkStats close(LogSink sink, long calls, long taken, Figures figures) {
        boolean all = sink.close(CLOSE_AT_MOST);
        SinkStats stats = sink.stats();
        figures.put("calls", calls);
        figures.put("accepted", stats.accepted());
        figures.put("dropped", stats.dropped());
        figures.put("rows_sealed", stats.rowsSealed());
        boolean addsUp = all
                && calls == stats.accepted() + stats.dropped()
                && taken == stats.accepted()
                && stats.rowsSealed() == stats.accepted()
                && stats.abandoned() == 0
                && stats.lastError().isEmpty();
        figures.put("accounting_ok", addsUp ? 1 : 0);
        if (!addsUp) {
            throw new IllegalStateException("the numbers do not add up: closed=" + all + ", calls=" + calls + ", taken="
                    + taken + ", " + stats);
        }
        return stats;
    }
}
