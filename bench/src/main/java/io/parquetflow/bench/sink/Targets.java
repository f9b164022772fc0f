package io.parquetflow.bench.sink;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What is to be reached on two cores with {@code durability=off}, and whether it was. */
public final class Targets {
    /** Printed as 0.00: a few bytes of a compilation that was undone are not an allocation per call. */
    private static final double NO_BYTES = 0.005;

    private static final double WRITER_BYTES = 4;
    /** What malloc's arenas, the code cache and tables of the collector move by; a leak of a byte a record is 270 MiB. */
    private static final double FLAT_BYTES = 16 << 20;

    private enum Of {
        MEDIAN,
        /** Of all runs: one drop in one run is a drop. */
        WORST
    }

    private record Target(String key, Of of, boolean atMost, double bound) {
        static Target median(String key, double bound) {
            return new Target(key, Of.MEDIAN, true, bound);
        }

        static Target always(String key, double bound) {
            return new Target(key, Of.WORST, true, bound);
        }

        String run(Summary results) {
            return results.failed().stream()
                    .filter(name -> key.startsWith(name + "."))
                    .findFirst()
                    .orElse("");
        }

        double measured(List<Double> sorted) {
            if (of == Of.MEDIAN) {
                return Summary.median(sorted);
            }
            return atMost ? sorted.get(sorted.size() - 1) : sorted.get(0);
        }
    }

    private static final List<Target> ALL = List.of(
            Target.median("a.ours.service.p50_ns", 80),
            Target.median("a.ours.service.p99_ns", 300),
            Target.always("a.ours.producer_bytes_per_op", NO_BYTES),
            Target.always("a.ours.window_refused", 0),
            Target.always("a.ours.writer_bytes_per_record", WRITER_BYTES),
            Target.median("a.caller.service.p50_ns", 60),
            Target.median("a.caller.service.p99_ns", 300),
            Target.always("a.caller.producer_bytes_per_op", NO_BYTES),
            Target.always("a.caller.window_refused", 0),
            Target.always("a.caller.writer_bytes_per_record", WRITER_BYTES),
            Target.median("b.full.service.p50_net_ns", 40),
            Target.always("b.full.producer_bytes_per_op", NO_BYTES),
            Target.always("b.full.window_accepted", 0),
            new Target("c.256.1p.uncompressed.records_per_s", Of.MEDIAN, false, 3_000_000),
            Target.always("c.256.1p.uncompressed.writer_bytes_per_record", WRITER_BYTES),
            Target.always("idle.cpu_percent", 1),
            Target.always("soak.resident_growth_bytes", FLAT_BYTES),
            Target.always("soak.dropped", 0),
            Target.always("soak.writer_bytes_per_record", WRITER_BYTES));

    private Targets() {}

    /**
     * A table: target, measured, verdict. A figure of a run that failed is neither reached nor missed.
     *
     * @param results of all runs
     * @param out where to
     */
    public static void print(Summary results, PrintStream out) {
        out.printf(Locale.ROOT, "%n%-44s %16s %16s  %-6s %s%n", "target", "bound", "measured", "of", "verdict");
        for (Target target : ALL) {
            String spoiled = target.run(results);
            List<Double> sorted = results.sorted(target.key());
            if (!spoiled.isEmpty()) {
                print(target, "-", "FAILED", out);
            } else if (!sorted.isEmpty()) {
                double measured = target.measured(sorted);
                boolean reached = target.atMost() ? measured <= target.bound() : measured >= target.bound();
                print(target, Summary.text(measured), reached ? "PASS" : "MISS", out);
            }
        }
    }

    private static void print(Target target, String measured, String verdict, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-44s %16s %16s  %-6s %s%n",
                target.key(),
                (target.atMost() ? "<= " : ">= ") + Summary.text(target.bound()),
                measured,
                target.of().name().toLowerCase(Locale.ROOT),
                verdict);
    }
}
