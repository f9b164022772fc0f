package io.parquetflow.bench.durability;

import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Load.Kind;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Path;

/** A load that goes on while every force takes two seconds and a row group one: nothing is to be refused. */
final class Bursts implements Part {
    private static final int SIZE = 256;
    private static final String WITH = "burst";
    private static final String WITHOUT = "burst.no_relief";
    /** Long enough for a seal to make the writer thread wait. */
    private static final double SECONDS_WITHOUT = 5;

    private final long rate;
    private final double seconds;
    private final long rotateBytes;
    private final Path repository;
    private final Path directory;

    Bursts(long rate, double seconds, long rotateBytes, Path repository, Path directory) {
        this.rate = rate;
        this.seconds = seconds;
        this.rotateBytes = rotateBytes;
        this.repository = repository;
        this.directory = directory;
    }

    @Override
    public void run(Rounds all) throws IOException, InterruptedException {
        all.run(WITH, load(seconds), classPath(true));
        all.run(WITHOUT, load(Math.min(seconds, SECONDS_WITHOUT)), classPath(false));
    }

    private Load load(double length) {
        return new Load(
                Kind.BURST,
                rate,
                SIZE,
                1,
                Codec.ZSTD,
                Durability.POWER,
                rotateBytes,
                length,
                0,
                directory.resolve("run"));
    }

    private String classPath(boolean relief) throws IOException {
        return SlowDisk.plant(repository, directory.resolve(relief ? "slow" : "slow-no-relief"), relief);
    }

    @Override
    public void judge(Verdicts verdicts) {
        verdicts.never(WITH, "dropped");
        verdicts.atLeast(WITH, "forces_delayed", 1);
        verdicts.atLeast(WITH, "pages_delayed", 16);
        verdicts.atLeast(WITHOUT, "dropped", 1);
    }
}
