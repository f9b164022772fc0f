package io.parquetflow.bench.writer;

import io.parquetflow.spi.Codec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.schema.Type.Repetition;

/**
 * What is to be reached, and whether it was; medians. A goal that compares shows both sides' names, and is left out when
 * one of them did not run.
 *
 * <p>Thread-safe: stateless.
 */
final class Goals {
    private static final double OF_RAW_COPIED = 0.80;
    private static final double OF_RAW_TOGETHER = 0.90;
    private static final double OF_RECORD_WRITER = 3.5;
    private static final double OF_ZSTD = 0.90;
    private static final double INT32_ROWS_PER_SEC = 50e6;
    private static final Map<Codec, Double> TRADES_ROWS_PER_SEC = Map.of(Codec.UNCOMPRESSED, 3e6, Codec.ZSTD, 2.5e6);
    private static final double HEAP_BYTES_PER_ROW = 0.1;

    private static final String COPIED = FlowWriter.Form.COPIED.key;
    private static final String TOGETHER = FlowWriter.Form.TOGETHER.key;

    /**
     * One goal.
     *
     * @param what is compared
     * @param measured not a number when it was not measured
     * @param atMost whether the bound is an upper one
     * @param bound inclusive
     */
    private record Goal(String what, double measured, boolean atMost, double bound) {
        boolean reached() {
            return atMost ? measured <= bound : measured >= bound;
        }
    }

    private Goals() {}

    static void print(Task task, Standings standings, PrintStream out) {
        List<Goal> goals = of(task, standings).stream()
                .filter(goal -> !Double.isNaN(goal.measured()))
                .toList();
        if (goals.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%n%-60s %14s %14s  %s%n", "goal", "bound", "measured", "verdict");
        for (Goal goal : goals) {
            out.printf(
                    Locale.ROOT,
                    "%-60s %14s %14s  %s%n",
                    goal.what(),
                    (goal.atMost() ? "<= " : ">= ") + Measured.text(goal.bound()),
                    Measured.text(goal.measured()),
                    goal.reached() ? "PASS" : "MISS");
        }
    }

    private static List<Goal> of(Task task, Standings standings) {
        List<Goal> all = new ArrayList<>();
        String rate = Measured.ROWS_PER_SEC;
        if (task.workload() == Workload.BYTES
                && task.repetition() == Repetition.REQUIRED
                && task.codec() == Codec.UNCOMPRESSED) {
            all.add(least(standings, rate, COPIED, "raw", OF_RAW_COPIED));
            all.add(least(standings, rate, TOGETHER, "raw", OF_RAW_TOGETHER));
            all.add(least(standings, rate, COPIED, "parquet_java.record", OF_RECORD_WRITER));
        }
        if (task.workload() == Workload.TEXT && task.codec() == Codec.ZSTD) {
            all.add(least(standings, rate, COPIED, "zstd.alone", OF_ZSTD));
        }
        if (task.workload().isBinary() && task.codec() == Codec.GZIP) {
            all.add(least(standings, rate, COPIED, "parquet_java.record", 1));
            all.add(least(standings, rate, COPIED, "parquet_java.columns", 1));
            all.add(ratio(standings, Measured.FILE_BYTES, COPIED, "parquet_java.record", true, 1));
        }
        if (task.workload() == Workload.INT32 && task.codec() == Codec.UNCOMPRESSED) {
            String flow = FlowWriter.Form.AUTO.key;
            all.add(new Goal(flow + " " + rate, standings.median(flow, rate), false, INT32_ROWS_PER_SEC));
        }
        if (task.workload() == Workload.TRADES && TRADES_ROWS_PER_SEC.containsKey(task.codec())) {
            double bound = TRADES_ROWS_PER_SEC.get(task.codec());
            all.add(new Goal("flow.records " + rate, standings.median("flow.records", rate), false, bound));
        }
        for (FlowWriter.Form form : FlowWriter.Form.values()) {
            double heap = standings.median(form.key, Measured.ALLOCATED);
            all.add(new Goal(form.key + " " + Measured.ALLOCATED, heap, true, HEAP_BYTES_PER_ROW));
        }
        return all;
    }

    private static Goal least(Standings standings, String key, String one, String other, double bound) {
        return ratio(standings, key, one, other, false, bound);
    }

    private static Goal ratio(Standings standings, String key, String one, String other, boolean atMost, double bound) {
        return new Goal(one + " / " + other + " " + key, standings.ratio(one, other, key), atMost, bound);
    }
}
