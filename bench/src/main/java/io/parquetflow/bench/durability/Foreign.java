package io.parquetflow.bench.durability;

import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Load.Kind;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a producer notices of a disk that others keep busy: with {@code process}, journal and segments on that disk. */
final class Foreign implements Part {
    private static final long[] RATES = {200_000, 1_000_000};
    private static final int SIZE = 256;
    private static final double WANTED_NS = 50_000;
    /** Where the disk does not take so much, nobody was disturbed as was meant. */
    private static final double LEAST_FOREIGN = 190e6;

    private static final String FOREIGN = "foreign_bytes_per_s";

    private final int rounds;
    private final double seconds;
    private final double warmup;
    private final Path disk;

    Foreign(int rounds, double seconds, double warmup, Path disk) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.warmup = warmup;
        this.disk = disk;
    }

    @Override
    public void run(Rounds all) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (long rate : RATES) {
                for (boolean busy : round % 2 == 0 ? List.of(false, true) : List.of(true, false)) {
                    Load load = new Load(
                            Kind.ACCEPT_OURS,
                            rate,
                            SIZE,
                            1,
                            Codec.UNCOMPRESSED,
                            Durability.PROCESS,
                            0,
                            seconds,
                            warmup,
                            disk.resolve("run"));
                    if (busy) {
                        busy(all, name(rate, true), load);
                    } else {
                        all.run(name(rate, false), load);
                    }
                }
            }
        }
    }

    private void busy(Rounds all, String name, Load load) throws IOException, InterruptedException {
        try (ForeignWriter other = new ForeignWriter(disk)) {
            all.run(name, load);
            all.put(name, FOREIGN, other.end());
        }
    }

    private static String name(long rate, boolean busy) {
        return "foreign." + rate + (busy ? ".busy" : ".quiet");
    }

    @Override
    public void judge(Verdicts verdicts) {
        for (long rate : RATES) {
            verdicts.atLeast(name(rate, true), FOREIGN, LEAST_FOREIGN);
            verdicts.atMost(name(rate, true), "service.p99.99_ns", WANTED_NS);
        }
    }
}
