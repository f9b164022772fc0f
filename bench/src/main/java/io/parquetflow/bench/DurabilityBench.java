package io.parquetflow.bench;

import io.parquetflow.bench.durability.Question;
import io.parquetflow.bench.sink.Directories;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code flow bench durability}: what slab and journal cost, and what they stand. Each run has a process of its own. */
@Command(
        name = "durability",
        description = {
            "What keeping accepted records costs, and what it stands: pairs = what a producer notices of it,",
            "rate = what the writer thread can take, in memory and on a disk; foreign = a producer while others write",
            "200 MB/s to the same disk; burst = a load in front of forces of two seconds; open = time to open a sink.",
            "Exit code 0: every run counts, whether or not it reached its target; 1: a run failed; 2: misuse."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DurabilityBench implements Callable<Integer> {
    @Option(
            names = "--part",
            split = ",",
            defaultValue = "all",
            description = "pairs, rate, foreign, burst, open, all; all if not given.")
    private List<Question.Kind> parts;

    @Option(
            names = "--runs",
            description = "Rounds; pairs and open 10, rate and foreign 3 if not given; burst has one.")
    private Integer runs;

    @Option(names = "--seconds", description = "Measured, per run; burst 60, others 10 if not given.")
    private Double seconds;

    @Option(names = "--warmup", defaultValue = "3", description = "Seconds before, not measured; 3 if not given.")
    private double warmup;

    @Option(names = "--rate", defaultValue = "500000", description = "Calls a second of burst; 500000 if not given.")
    private long rate;

    @Option(
            names = "--rotate-bytes",
            defaultValue = "64000000",
            description = "Of the burst's segments; ${DEFAULT-VALUE} if not given.")
    private long rotateBytes;

    @Option(
            names = "--directory",
            description = "Segments go below it and are deleted; /dev/shm where there is one, if not given.")
    private Path directory;

    @Option(
            names = "--disk",
            description = "The same on a disk, for rate and foreign; the work directory if not given.")
    private Path disk;

    @Option(names = "--results", description = "A file that gets all of the output as well.")
    private Path results;

    @Option(
            names = "--jvm-args",
            defaultValue = "-Xms1g -Xmx1g -XX:+AlwaysPreTouch",
            description = "Flags of the measured JVMs; ${DEFAULT-VALUE} if not given.")
    private String jvmArguments;

    @Spec
    private CommandSpec spec;

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
        if ((runs != null && runs < 1)
                || (seconds != null && !(seconds > 0))
                || warmup < 0
                || rate < 1
                || rotateBytes < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--runs, --seconds, --rate and --rotate-bytes must be positive");
        }
        EnumSet<Question.Kind> wanted = EnumSet.copyOf(parts);
        String repository = System.getProperty("flow.home");
        boolean burst = wanted.contains(Question.Kind.BURST) || wanted.contains(Question.Kind.ALL);
        if (burst && repository == null) {
            throw new ParameterException(spec.commandLine(), "burst needs the sources: -Dflow.home is not given");
        }
        Machine.print(out);
        out.println("# jvm arguments: " + jvmArguments);
        Path memoryHome = home("directory", directory == null ? Directories.base() : directory, out);
        Path diskHome = home("disk", disk == null ? Path.of("") : disk, out);
        Question question = new Question(
                wanted,
                runs,
                seconds,
                warmup,
                rate,
                rotateBytes,
                memoryHome,
                diskHome,
                repository == null ? null : Path.of(repository));
        try {
            return question.answer(List.of(jvmArguments.trim().split("\\s+")), out) ? 0 : 1;
        } finally {
            Directories.delete(memoryHome);
            Directories.delete(diskHome);
        }
    }

    private static Path home(String what, Path base, PrintStream out) throws IOException {
        Path parent = Files.createDirectories(base.toAbsolutePath());
        Path home = Files.createTempDirectory(parent, "parquet-flow-bench-");
        Directories.deleteAtExit(home);
        out.println("# " + what + ": " + home + ", " + Files.getFileStore(home).type());
        return home;
    }
}
