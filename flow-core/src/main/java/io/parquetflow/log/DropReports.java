package io.parquetflow.log;

import io.parquetflow.spi.Diagnostics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When drops are told: at the first, then once an interval while they last, and once more when they are over.
 *
 * <p>Thread-safe: the attendant's, and whoever has the last word.
 */
final class DropReports {
    /** What was dropped, and since when it is known. */
    record Report(boolean over, long count, Map<String, Long> byLevel, long sinceNs, String cause) {
        String line() {
            return over
                    ? "drops are over: " + count + " events were dropped " + byLevel + " within " + seconds() + " s"
                    : count + " events were dropped " + byLevel
                            + (sinceNs == 0 ? "" : " within " + seconds() + " s")
                            + ": " + cause;
        }

        private String seconds() {
            return String.valueOf(Math.max(1, sinceNs / 1_000_000_000));
        }

        Diagnostics.Level level() {
            return over ? Diagnostics.Level.INFO : Diagnostics.Level.WARN;
        }
    }

    private final DropTally tally;
    private final long intervalNs;
    private final long quietNs;

    private Map<String, Long> atStart = Map.of();
    private Map<String, Long> atLast = Map.of();
    private long seen;
    private boolean lasting;
    private long startedNs;
    private long toldNs;
    private long changedNs;

    DropReports(DropTally tally, long intervalNs, long quietNs) {
        this.tally = tally;
        this.intervalNs = intervalNs;
        this.quietNs = quietNs;
    }

    /** Null when there is nothing to be said now. */
    synchronized Report next(long nowNs) {
        long total = tally.total();
        boolean more = total != seen;
        if (more) {
            seen = total;
            changedNs = nowNs;
        }
        if (!lasting) {
            return more ? begin(nowNs) : null;
        }
        if (nowNs - changedNs >= quietNs) {
            lasting = false;
            return report(true, atStart, nowNs - startedNs);
        }
        if (nowNs - toldNs >= intervalNs) {
            Report report = report(false, atLast, nowNs - toldNs);
            toldNs = nowNs;
            return report.count() == 0 ? null : report;
        }
        return null;
    }

    /** What was dropped and not told, now: there is no later. Null when there is nothing. */
    synchronized Report rest(long nowNs) {
        if (!lasting) {
            return next(nowNs);
        }
        Report report = report(false, atLast, nowNs - toldNs);
        toldNs = nowNs;
        return report.count() == 0 ? null : report;
    }

    /** Whether something was dropped since the last call of {@link #next}. */
    synchronized boolean isBehind() {
        return tally.total() != seen;
    }

    private Report begin(long nowNs) {
        lasting = true;
        startedNs = nowNs;
        toldNs = nowNs;
        atStart = atLast; // what was told when the last drops were over
        return report(false, atStart, 0);
    }

    private Report report(boolean over, Map<String, Long> before, long sinceNs) {
        Map<String, Long> now = tally.byLevel();
        Map<String, Long> since = new LinkedHashMap<>();
        long count = 0;
        for (Map.Entry<String, Long> level : now.entrySet()) {
            long more = level.getValue() - before.getOrDefault(level.getKey(), 0L);
            if (more > 0) {
                since.put(level.getKey(), more);
                count += more;
            }
        }
        atLast = now; // what comes in the meantime is the next report's
        return new Report(over, count, since, sinceNs, tally.lastCause());
    }
}
