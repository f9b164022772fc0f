package io.parquetflow.bench;

import io.parquetflow.bench.log.LogPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flow bench logging}: our appenders and their peers, each run in a process of its own, in turns. */
@Command(
        name = "logging",
        description = {
            "Logs events by our appenders and by their peers, each in a process of its own, in turns.",
            "A line a run: times of the calls (service, and response from when a call was due), events offered, written and",
            "dropped, bytes on disk an event, bytes allocated by the caller an event, processor time.",
            "Flat out, contenders drop what they cannot take; lossless, they wait."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LoggingBench implements Callable<Integer> {
    @Mixin
    private LogPlan plan;

    @Option(names = "--directory", description = "Where files are written; a temporary one if not given.")
    private Path directory;

    @Option(names = "--results", description = "A file that gets all of the output as well.")
    private Path results;

    @Option(
            names = "--jvm-args",
            defaultValue = "-Xms1g -Xmx1g -XX:+UseG1GC",
            description = "Flags of the measured JVM; ${DEFAULT-VALUE} if not given.")
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
        List<String> flags = new ArrayList<>(List.of(jvmArguments.trim().split("\\s+")));
        flags.add("-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider");
        Path root = directory == null ? Files.createTempDirectory("flow-bench-log") : directory;
        int failed = 0;
        for (List<String> arguments : plan.runs()) {
            Path work = Files.createTempDirectory(Files.createDirectories(root), "run");
            List<String> command = new ArrayList<>(List.of("log-run"));
            command.addAll(arguments);
            int code = Fork.run(flags, Bench.class.getName(), command, work, out::println);
            if (code != 0) {
                out.println("FAIL " + String.join(" ", arguments) + " exit code " + code);
                failed++;
            }
            delete(work);
        }
        return failed == 0 ? 0 : 1;
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (var inside = Files.list(path)) {
                for (Path one : inside.filter(Objects::nonNull).toList()) {
                    delete(one);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
