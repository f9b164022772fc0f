package io.parquetflow.bench.durability;

import io.parquetflow.bench.Bench;
import io.parquetflow.bench.Fork;
import io.parquetflow.bench.sink.Directories;
import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of all parts: a JVM for each, its output passed on and its figures kept.
 *
 * <p>Not thread-safe.
 */
final class Rounds {
    private final List<String> jvmArguments;
    private final PrintStream out;
    private final Summary figures = new Summary();

    Rounds(List<String> jvmArguments, PrintStream out) {
        this.jvmArguments = jvmArguments;
        this.out = out;
    }

    Summary figures() {
        return figures;
    }

    /** A load under a name of its own, so that loads that differ in where they run do not meet in one figure. */
    void run(String name, Load load) throws IOException, InterruptedException {
        run(name, load, Fork.absoluteClassPath());
    }

    void run(String name, Load load, String classPath) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sink-run", "--name=" + name));
        command.addAll(load.arguments());
        Files.createDirectories(load.directory());
        try {
            fork(name, classPath, command);
        } finally {
            Directories.empty(load.directory());
        }
    }

    /** A figure of this process, which nobody forked. */
    void put(String name, String key, double value) {
        String line = name + "." + key + "=" + Summary.text(value);
        out.println(line);
        Summary.Run run = figures.newRun(name);
        run.line(line);
        run.end(0);
    }

    void fork(String name, String classPath, List<String> command) throws IOException, InterruptedException {
        out.println("# " + String.join(" ", command));
        Summary.Run run = figures.newRun(name);
        int exitCode = Fork.run(
                jvmArguments,
                classPath,
                Bench.class.getName(),
                command,
                Path.of("").toAbsolutePath(),
                line -> {
                    out.println(line);
                    run.line(line);
                });
        if (!run.end(exitCode)) {
            out.println("# FAILED: " + name + ": " + run.failure());
        }
    }
}
