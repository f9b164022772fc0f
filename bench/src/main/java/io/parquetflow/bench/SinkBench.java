package io.parquetflow.bench;

import io.parquetflow.bench.sink.Directories;
import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Summary;
import io.parquetflow.bench.sink.Targets;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flow bench sink}: the load rig. Each run has a process of its own; this one adds up. */
@Command(
        name = "sink",
        description = {
            "Open-loop load on a sink: a = accept path, b = refusal path, c = throughput to sealed files,",
            "idle = cost at rest, soak = memory over ten minutes."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SinkBench implements Callable<Integer> {
    @Option(
            names = "--part",
            split = ",",
            defaultValue = "a,b,c",
            description = "a, b, c, idle, soak; a,b,c if not given.")
    private List<Plan.Part> parts;

    @Option(names = "--seconds", description = "Measured, per run; a, b 30, c 10, idle 20, soak 600 if not given.")
    private Double seconds;

    @Option(names = "--warmup", defaultValue = "5", description = "Seconds before, not measured; 5 if not given.")
    private double warmup;

    @Option(names = "--runs", defaultValue = "3", description = "Repetitions; 3 if not given, and 1 of soak.")
    private int runs;

    @Option(names = "--rate", description = "Calls a second; a, b 1000000, soak 500000 if not given.")
    private Long rate;

    @Option(names = "--size", split = ",", description = "Payload bytes; a, b, soak 256, c 64,256,1024 if not given.")
    private List<Integer> sizes;

    @Option(names = "--producers", split = ",", defaultValue = "1,2", description = "Threads in c; 1,2 if not given.")
    private List<Integer> producers;

    @Option(
            names = "--codec",
            split = ",",
            description = "Compression; a, b uncompressed, c uncompressed,zstd, soak zstd if not given.")
    private List<Codec> codecs;

    @Option(
            names = "--durability",
            defaultValue = "off",
            description = "off, process, power; off if not given, which is what the targets are about.")
    private Durability durability;

    @Option(
            names = "--directory",
            description = "Segments go below it and are deleted; /dev/shm where there is one, if not given.")
    private Path directory;

    @Option(names = "--results", description = "A file that gets all of the output as well.")
    private Path results;

    @Option(
            names = "--jvm-args",
            defaultValue = "-Xms1g -Xmx1g -XX:+AlwaysPreTouch",
            description = "Flags of the measured JVMs; ${DEFAULT-VALUE} if not given.")
    private String jvmArguments;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (results == null) {
            return measure(System.out);
        }
        try (OutputStream file = Files.newOutputStream(results)) {
            return measure(new PrintStream(new Tee(System.out, file), true, StandardCharsets.UTF_8));
        }
    }

    private int measure(PrintStream out) throws IOException, InterruptedException {
        Machine.print(out);
        out.println("# jvm arguments: " + jvmArguments);
        Path base = directory == null ? Directories.base() : Files.createDirectories(directory);
        Path home = Files.createTempDirectory(base, "parquet-flow-bench-");
        Directories.deleteAtExit(home);
        out.println("# directory: " + home + ", " + Files.getFileStore(home).type());
        List<Load> loads =
                new Plan(seconds, warmup, rate, sizes, producers, codecs, durability, home.resolve("run")).loads(parts);
        Summary all = new Summary();
        try {
            for (int run = 1; run <= runs; run++) {
                for (Load load : loads) {
                    if (run == 1 || load.kind() != Load.Kind.SOAK) {
                        out.println("# run " + run + " of " + runs + ": " + load.arguments());
                        fork(load, all, out);
                        Directories.empty(home);
                    }
                }
            }
        } finally {
            Directories.delete(home);
        }
        all.print(out);
        Targets.print(all, out);
        return all.failed().isEmpty() ? 0 : 1;
    }

    private void fork(Load load, Summary all, PrintStream out) throws IOException, InterruptedException {
        Summary.Run run = all.newRun(load.name());
        int exitCode = Fork.run(
                List.of(jvmArguments.trim().split("\\s+")),
                Bench.class.getName(),
                command(load),
                Path.of("").toAbsolutePath(),
                line -> {
                    out.println(line);
                    run.line(line);
                });
        if (!run.end(exitCode)) {
            out.println("# FAILED: " + load.name() + ": " + run.failure());
        }
    }

    private static List<String> command(Load load) {
        List<String> all = new ArrayList<>();
        all.add("sink-run");
        all.addAll(load.arguments());
        return all;
    }
}
