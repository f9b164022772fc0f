package io.parquetflow.bench.sink;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures of all runs: median, least and most of each. A run that failed spoils its name: there is no median of the
 * runs that happened to work.
 *
 * <p>Not thread-safe.
 */
public final class Summary {
    private static final Pattern FIGURE = Pattern.compile("([a-z0-9_.]+)=(-?[0-9.]+)");
    private static final String P50 = ".service.p50_ns";
    private static final List<String> TIMES = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final String NET_P50 = ".service.p50_net_ns";

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private double clockNs = Double.NaN;

    /** One process' output while it comes in. */
    public final class Run {
        private final String name;
        private final Map<String, Double> figures = new LinkedHashMap<>();
        private String failure = "";

        private Run(String name) {
            this.name = name;
        }

        /**
         * Takes a line of output; those that are no figures are passed over.
         *
         * @param line any
         */
        public void line(String line) {
            Matcher matcher = FIGURE.matcher(line);
            if (matcher.matches()) {
                figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        }

        /**
         * Closes the run.
         *
         * @param exitCode of its process
         * @return whether it counts
         */
        public boolean end(int exitCode) {
            if (exitCode != 0) {
                failure = "exit code " + exitCode;
            } else if (figures.getOrDefault(name + ".rate_ok", 1.0) == 0) {
                failure = "the intended rate was not reached";
            }
            if (!failure.isEmpty()) {
                failed.add(name);
            }
            net();
            figures.forEach((key, value) ->
                    values.computeIfAbsent(key, k -> new ArrayList<>()).add(value));
            return failure.isEmpty();
        }

        /** Less the clock, which is the median of the no-op of the same round. */
        private void net() {
            Double p50 = figures.get(name + P50);
            if (name.equals(Load.Kind.NOOP.key()) && p50 != null) {
                clockNs = p50;
            } else if (p50 != null && !Double.isNaN(clockNs)) {
                figures.put(name + NET_P50, p50 - clockNs);
            }
        }

        /**
         * Why it does not count.
         *
         * @return a few words, empty when it does
         */
        public String failure() {
            return failure;
        }
    }

    /**
     * Begins a run.
     *
     * @param name of its load
     * @return to be given the output
     */
    public Run newRun(String name) {
        return new Run(name);
    }

    /**
     * Names with a run that failed.
     *
     * @return maybe empty
     */
    public Set<String> failed() {
        return failed;
    }

    /**
     * What the runs measured, in their order.
     *
     * @param key of a figure
     * @return a value for each run that told it
     */
    public List<Double> values(String key) {
        return List.copyOf(values.getOrDefault(key, List.of()));
    }

    Set<String> keys() {
        return values.keySet();
    }

    List<Double> sorted(String key) {
        return values.getOrDefault(key, List.of()).stream().sorted().toList();
    }

    /**
     * The middle one.
     *
     * @param sorted not empty, ascending
     * @return that of an even number is between two
     */
    public static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * As in all tables.
     *
     * @param value any
     * @return without decimals where it has none, else with four
     */
    public static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * A table for people, the medians once more as {@code key.median=value}, and the times of all paced runs side by side.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.printf(Locale.ROOT, "%n%-44s %16s %16s %16s %5s%n", "figure", "median", "least", "most", "runs");
        for (String key : values.keySet()) {
            List<Double> all = sorted(key);
            out.printf(
                    Locale.ROOT,
                    "%-44s %16s %16s %16s %5d%n",
                    key,
                    text(median(all)),
                    text(all.get(0)),
                    text(all.get(all.size() - 1)),
                    all.size());
        }
        out.println();
        values.keySet().forEach(key -> out.println(key + ".median=" + text(median(sorted(key)))));
        times("service", out);
        times("response", out);
    }

    /** A response time says something beside the no-op's only: that one is what the machine did to us. */
    private void times(String what, PrintStream out) {
        String p50 = "." + what + ".p50_ns";
        List<String> names = values.keySet().stream()
                .filter(key -> key.endsWith(p50))
                .map(key -> key.substring(0, key.length() - p50.length()))
                .toList();
        if (names.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%n%-20s", what + " ns, median of");
        TIMES.forEach(time -> out.printf(Locale.ROOT, " %12s", time));
        for (String name : names) {
            out.printf(Locale.ROOT, "%n%-20s", name);
            for (String time : TIMES) {
                out.printf(Locale.ROOT, " %12.0f", median(sorted(name + "." + what + "." + time + "_ns")));
            }
        }
        out.println();
    }
}
