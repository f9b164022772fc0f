package io.parquetflow.bench;

import io.parquetflow.bench.writer.WriterOptions;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code flow bench writer}: rows to Parquet, ours alone or beside its peers, all in one other process. */
@Command(
        name = "writer",
        description = {
            "Writes rows as Parquet and tells how fast: rows_per_sec, payload_mib_per_sec, file_mib_per_sec.",
            "With --peers, other writers do the same in the same process, in turns."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WriterBench implements Callable<Integer> {
    /** Arrow's memory needs the address of a direct buffer. */
    private static final String FOR_ARROW = "--add-opens=java.base/java.nio=ALL-UNNAMED";

    @Mixin
    private WriterOptions options;

    @Option(names = "--results", description = "A file that gets all of the output as well.")
    private Path results;

    @Option(
            names = "--jvm-args",
            defaultValue = "-Xms2g -Xmx2g -XX:+AlwaysPreTouch",
            description = "Flags of the measured JVM; ${DEFAULT-VALUE} if not given.")
    private String jvmArguments;

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check();
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
        flags.add(FOR_ARROW);
        List<String> command = new ArrayList<>(List.of("writer-run"));
        command.addAll(options.arguments());
        return Fork.run(flags, Bench.class.getName(), command, Path.of("").toAbsolutePath(), out::println);
    }
}
