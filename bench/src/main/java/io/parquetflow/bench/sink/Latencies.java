package io.parquetflow.bench.sink;

import org.HdrHistogram.Histogram;

/**
 * Service and response times of the calls that had the answer we look for, and a count of those that had the other.
 * Accepting and refusing are different work, so their times never meet in one figure.
 *
 * <p>Not thread-safe: the producer's. Recording allocates nothing.
 */
final class Latencies {
    /** A call that takes longer than this counts as this long. */
    private static final long MOST_NS = 60_000_000_000L;

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private final Histogram service = new Histogram(MOST_NS, 3);
    private final Histogram response = new Histogram(MOST_NS, 3);
    private long hits;
    private long misses;

    void hit(long serviceNs, long responseNs) {
        service.recordValue(Math.min(serviceNs, MOST_NS));
        response.recordValue(Math.min(responseNs, MOST_NS));
        hits++;
    }

    void miss() {
        misses++;
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }

    void reset() {
        service.reset();
        response.reset();
        hits = 0;
        misses = 0;
    }

    void report(Figures figures) {
        report(figures, "service", service);
        report(figures, "response", response);
    }

    private static void report(Figures figures, String what, Histogram times) {
        for (double percentile : PERCENTILES) {
            String key = percentile == Math.rint(percentile)
                    ? Long.toString((long) percentile)
                    : Double.toString(percentile);
            figures.put(what + ".p" + key + "_ns", times.getValueAtPercentile(percentile));
        }
        figures.put(what + ".max_ns", times.getMaxValue());
    }
}
