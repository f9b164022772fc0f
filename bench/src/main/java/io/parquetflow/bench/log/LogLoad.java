package io.parquetflow.bench.log;

import java.util.List;
import java.util.Locale;

/**
 * One run.
 *
 * @param rate events a second over all threads; 0 for as many as go
 * @param threads that log
 * @param seconds measured
 * @param lossless wait for room instead of dropping
 */
record LogLoad(Contender contender, EventKind kind, long rate, int threads, double seconds, boolean lossless) {
    String name() {
        return String.format(
                Locale.ROOT,
                "%s %s %s %dt",
                contender.key(),
                kind.key(),
                rate == 0 ? lossless ? "lossless" : "flat-out" : rate + "/s",
                threads);
    }

    List<String> arguments() {
        return List.of(
                "--contender=" + contender.key(),
                "--kind=" + kind.key(),
                "--rate=" + rate,
                "--threads=" + threads,
                "--seconds=" + seconds,
                "--lossless=" + lossless);
    }
}
