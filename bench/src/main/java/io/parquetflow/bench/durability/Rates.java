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
import java.util.Locale;
import java.util.Map;

/** What the writer thread can take when every byte is written twice: in memory, and on a disk. */
final class Rates implements Part {
    private static final int SIZE = 256;
    private static final double WANTED_PER_S = 2_000_000;
    private static final double WANTED_OF_OFF = 0.6;
    private static final String MEMORY = "rate.memory";
    private static final String DISK = "rate.disk";
    private static final String FIGURE = ".records_per_s";

    private final int rounds;
    private final double seconds;
    private final double warmup;
    private final Map<String, Path> places;
    private Summary figures;

    Rates(int rounds, double seconds, double warmup, Path memory, Path disk) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.warmup = warmup;
        this.places = Map.of(MEMORY, memory, DISK, disk);
    }

    @Override
    public void run(Rounds all) throws IOException, InterruptedException {
        figures = all.figures();
        for (int round = 0; round < rounds; round++) {
            List<Durability> turns = new ArrayList<>(List.of(Durability.values()));
            Collections.rotate(turns, round);
            for (String place : List.of(MEMORY, DISK)) {
                for (Durability turn : turns) {
                    Load load = new Load(
                            Kind.THROUGHPUT,
                            0,
                            SIZE,
                            1,
                            Codec.UNCOMPRESSED,
                            turn,
                            0,
                            seconds,
                            warmup,
                            places.get(place));
                    all.run(name(place, turn), load);
                }
            }
        }
    }

    private static String name(String place, Durability durability) {
        return place + "." + durability.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void judge(Verdicts verdicts) {
        verdicts.atLeast(name(MEMORY, Durability.PROCESS), FIGURE.substring(1), WANTED_PER_S);
        ratio(verdicts, DISK, Durability.PROCESS, WANTED_OF_OFF);
    }

    /** Of the rounds' ratios: a slow minute of the machine slows both sides of a round. */
    private void ratio(Verdicts verdicts, String place, Durability durability, double bound) {
        String off = name(place, Durability.OFF);
        String run = name(place, durability);
        List<Double> offs = figures.values(off + FIGURE);
        List<Double> ours = figures.values(run + FIGURE);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(offs.size(), ours.size()); i++) {
            ratios.add(ours.get(i) / offs.get(i));
        }
        Collections.sort(ratios);
        verdicts.judge(run + ".of_off", ">=", bound, ratios.isEmpty() ? Double.NaN : Summary.median(ratios), off, run);
    }
}
