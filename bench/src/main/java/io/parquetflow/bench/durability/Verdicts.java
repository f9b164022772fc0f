package io.parquetflow.bench.durability;

import io.parquetflow.bench.sink.Summary;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table at the end: bound, measured, PASS or MISS; FAILED where a run of it did not count.
 *
 * <p>Not thread-safe.
 */
final class Verdicts {
    private final Summary figures;
    private final List<String> lines = new ArrayList<>();

    Verdicts(Summary figures) {
        this.figures = figures;
    }

    /** The median of a figure. */
    void atMost(String run, String key, double bound) {
        judge(run + "." + key, "<=", bound, median(run + "." + key), run);
    }

    /** The median of a figure. */
    void atLeast(String run, String key, double bound) {
        judge(run + "." + key, ">=", bound, median(run + "." + key), run);
    }

    /** Of all runs: one drop in one run is a drop. */
    void never(String run, String key) {
        List<Double> values = figures.values(run + "." + key);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        judge(run + "." + key, "<=", 0, most, run);
    }

    /**
     * Anything else.
     *
     * @param what is judged
     * @param relation {@code <=} or {@code >=}
     * @param measured not a number when nothing was
     * @param runs that have to count for it
     */
    void judge(String what, String relation, double bound, double measured, String... runs) {
        boolean failed = Double.isNaN(measured) || List.of(runs).stream().anyMatch(figures.failed()::contains);
        boolean reached = relation.equals("<=") ? measured <= bound : measured >= bound;
        lines.add(String.format(
                Locale.ROOT,
                "%-56s %16s %16s  %s",
                what,
                relation + " " + Summary.text(bound),
                failed ? "-" : Summary.text(measured),
                failed ? "FAILED" : reached ? "PASS" : "MISS"));
    }

    private double median(String key) {
        List<Double> values = figures.values(key);
        return values.isEmpty()
                ? Double.NaN
                : Summary.median(values.stream().sorted().toList());
    }

    void print(PrintStream out) {
        out.printf(Locale.ROOT, "%n%-56s %16s %16s  %s%n", "target", "bound", "measured", "verdict");
        lines.forEach(out::println);
    }
}
