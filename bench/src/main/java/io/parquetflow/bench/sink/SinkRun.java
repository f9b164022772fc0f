package io.parquetflow.bench.sink;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One run in this process, started by {@link SinkBench} in a fresh one, because a second run in the same would find its
 * code compiled for the first. Its output is figures.
 */
@Command(name = "sink-run", hidden = true, description = "One run of one part; what `sink` starts.")
public final class SinkRun implements Callable<Integer> {
    @Option(names = "--kind", required = true)
    private Load.Kind kind;

    @Option(names = "--rate", required = true)
    private long rate;

    @Option(names = "--size", required = true)
    private int size;

    @Option(names = "--producers", required = true)
    private int producers;

    @Option(names = "--codec", required = true)
    private Codec codec;

    @Option(names = "--durability", required = true)
    private Durability durability;

    @Option(names = "--rotate-bytes", required = true)
    private long rotateBytes;

    @Option(names = "--name", description = "What the figures start with; the load's own name if not given.")
    private String name;

    @Option(names = "--seconds", required = true)
    private double seconds;

    @Option(names = "--warmup", required = true)
    private double warmup;

    @Option(names = "--directory", required = true)
    private Path directory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load load = new Load(kind, rate, size, producers, codec, durability, rotateBytes, seconds, warmup, directory);
        Figures figures = new Figures(System.out, name == null ? load.name() : name);
        execute(load, figures);
        return 0;
    }

    /**
     * Runs.
     *
     * @param load what to do
     * @param figures what came out
     * @throws IOException when the directory cannot be used
     * @throws InterruptedException when the caller is interrupted
     * @throws IllegalStateException when the numbers do not add up
     */
    public static void execute(Load load, Figures figures) throws IOException, InterruptedException {
        Files.createDirectories(load.directory());
        switch (load.kind()) {
            case NOOP -> AcceptRun.noop(load, figures);
            case ACCEPT_OURS, ACCEPT_CALLER -> AcceptRun.run(load, figures);
            case REFUSE -> RefuseRun.run(load, figures);
            case THROUGHPUT -> ThroughputRun.run(load, figures);
            case IDLE -> IdleRun.run(load, figures);
            case SOAK -> SoakRun.run(load, figures);
            case BURST -> BurstRun.run(load, figures);
        }
    }
}
