package io.parquetflow.bench.writer;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All timed runs: median, least and most of each contender, and its ratio to each other.
 *
 * <p>Not thread-safe.
 */
final class Standings {
    private final Map<String, Map<String, List<Double>>> runs = new LinkedHashMap<>();

    Standings(List<String> names) {
        names.forEach(name -> runs.put(name, new LinkedHashMap<>()));
    }

    void add(String name, Map<String, Double> figures) {
        figures.forEach((key, value) ->
                runs.get(name).computeIfAbsent(key, k -> new ArrayList<>()).add(value));
    }

    /** Not a number where the contender did not run or has no such figure. */
    double median(String name, String key) {
        return median(runs(name, key));
    }

    /**
     * Rounds are compared one by one and the median taken of what comes out: a slow minute of the machine slows both sides
     * of a round, but maybe not the same rounds' medians.
     */
    double ratio(String one, String other, String key) {
        List<Double> above = runs(one, key);
        List<Double> below = runs(other, key);
        List<Double> quotients = new ArrayList<>();
        for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
            quotients.add(above.get(round) / below.get(round));
        }
        return median(quotients);
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** In the order of rounds. */
    private List<Double> runs(String name, String key) {
        return runs.getOrDefault(name, Map.of()).getOrDefault(key, List.of());
    }

    void print(PrintStream out) {
        medians(out);
        rates(out);
        ratios(out);
    }

    private void medians(PrintStream out) {
        out.println();
        runs.forEach((name, figures) -> figures.keySet()
                .forEach(key -> out.println(name + "." + key + ".median=" + Measured.text(median(name, key)))));
    }

    private void rates(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%-22s %12s %12s %12s %13s %10s %12s %6s %10s%n",
                "contender",
                "rows/s",
                "least",
                "most",
                "payload MiB/s",
                "file MiB/s",
                "file bytes",
                "cores",
                "heap B/row");
        runs.keySet().forEach(name -> {
            List<Double> rates = runs(name, Measured.ROWS_PER_SEC);
            out.printf(
                    Locale.ROOT,
                    "%-22s %12.0f %12.0f %12.0f %13.1f %10.1f %12.0f %6.2f %10.2f%n",
                    name,
                    median(name, Measured.ROWS_PER_SEC),
                    Collections.min(rates),
                    Collections.max(rates),
                    median(name, Measured.PAYLOAD_MIB_PER_SEC),
                    median(name, Measured.FILE_MIB_PER_SEC),
                    median(name, Measured.FILE_BYTES),
                    median(name, Measured.CORES),
                    median(name, Measured.ALLOCATED));
        });
    }

    /** The contender of the row by that of the column. */
    private void ratios(PrintStream out) {
        out.printf(Locale.ROOT, "%n%-22s", "rows/s, x of");
        runs.keySet().forEach(other -> out.printf(Locale.ROOT, " %20s", other));
        out.println();
        runs.keySet().forEach(name -> {
            out.printf(Locale.ROOT, "%-22s", name);
            runs.keySet()
                    .forEach(other -> out.printf(Locale.ROOT, " %20.3f", ratio(name, other, Measured.ROWS_PER_SEC)));
            out.println();
        });
    }
}
