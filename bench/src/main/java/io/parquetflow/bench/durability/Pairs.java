package io.parquetflow.bench.durability;

import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Load.Kind;
import io.parquetflow.bench.sink.Summary;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a producer notices of the journal. Each round has three runs, {@code off}, {@code off} again and {@code process}, and
 * begins with another of them than the round before: how far the two alike lie apart is what this machine can tell at all.
 */
final class Pairs implements Part {
    private static final long[] RATES = {1_000_000, 500_000};
    private static final List<String> TIMES = List.of("service.p50_ns", "service.p99_ns");
    private static final int SIZE = 256;

    private static final String OFF = ".off";
    private static final String AGAIN = ".off_again";
    private static final String PROCESS = ".process";

    private final int rounds;
    private final double seconds;
    private final double warmup;
    private final Path directory;
    private Summary figures;

    Pairs(int rounds, double seconds, double warmup, Path directory) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.warmup = warmup;
        this.directory = directory;
    }

    @Override
    public void run(Rounds all) throws IOException, InterruptedException {
        figures = all.figures();
        for (int round = 0; round < rounds; round++) {
            List<String> turns = new ArrayList<>(List.of(OFF, AGAIN, PROCESS));
            Collections.rotate(turns, round);
            for (long rate : RATES) {
                for (String turn : turns) {
                    Durability durability = turn.equals(PROCESS) ? Durability.PROCESS : Durability.OFF;
                    Load load = new Load(
                            Kind.ACCEPT_OURS,
                            rate,
                            SIZE,
                            1,
                            Codec.UNCOMPRESSED,
                            durability,
                            0,
                            seconds,
                            warmup,
                            directory);
                    all.run(name(rate) + turn, load);
                }
            }
        }
    }

    private static String name(long rate) {
        return "pairs." + rate;
    }

    /** The median of process less off, held against the widest that the two alike lay apart. */
    @Override
    public void judge(Verdicts verdicts) {
        for (long rate : RATES) {
            for (String time : TIMES) {
                String run = name(rate);
                double spread = differences(run, AGAIN, time).stream()
                        .mapToDouble(Math::abs)
                        .max()
                        .orElse(Double.NaN);
                List<Double> costs = differences(run, PROCESS, time);
                double cost = costs.isEmpty() ? Double.NaN : Summary.median(costs);
                verdicts.judge(
                        run + ".process_less_off." + time, "<=", spread, cost, run + OFF, run + AGAIN, run + PROCESS);
            }
        }
    }

    /** Less {@code off} of the same round, ascending. */
    private List<Double> differences(String run, String turn, String time) {
        List<Double> off = figures.values(run + OFF + "." + time);
        List<Double> other = figures.values(run + turn + "." + time);
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < Math.min(off.size(), other.size()); i++) {
            all.add(other.get(i) - off.get(i));
        }
        Collections.sort(all);
        return all;
    }
}
