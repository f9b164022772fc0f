package io.parquetflow;

import java.time.Duration;

/** Durations in nanoseconds; 292 years and more are for ever. */
final class Durations {
    private static final long FOR_EVER_NS = Long.MAX_VALUE / 4;

    private Durations() {}

    static long toNanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.toSeconds() > FOR_EVER_NS / 1_000_000_000L ? FOR_EVER_NS : duration.toNanos();
    }
}
