package io.parquetflow.bench;

import io.parquetflow.bench.agent.Hello;
import io.parquetflow.bench.agent.Loopback;
import io.parquetflow.bench.sink.Directories;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flow bench agent}: a process without the agent and with it, in turns. */
@Command(
        name = "agent",
        description = {
            "What the agent costs a process: start-up and memory of a hello world, a datagram over loopback.",
            "Processes without and with the agent, in turns; medians at the end."
        })
final class AgentBench implements Callable<Integer> {
    private static final Pattern NUMBER = Pattern.compile("(?:resident_kb|datagram_ns_p50)=(\\d+)");

    @Option(names = "--rounds", defaultValue = "9", description = "Processes of each kind (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--results", description = "A file that gets all of the output as well.")
    private Path results;

    private final List<Run> runs = new ArrayList<>();

    private record Run(String program, boolean withAgent, double tookMs, long said) {}

    @Override
    public Integer call() throws Exception {
        if (results == null) {
            return measure(System.out);
        }
        try (OutputStream file = Files.newOutputStream(results)) {
            return measure(new PrintStream(new Tee(System.out, file), true, StandardCharsets.UTF_8));
        }
    }

    private int measure(PrintStream out) throws Exception {
        Machine.print(out);
        Path jar = jar();
        for (int round = 0; round < rounds; round++) {
            for (Class<?> program : List.of(Hello.class, Loopback.class)) {
                run(out, program, null);
                run(out, program, jar);
            }
        }
        summary(out, "hello world: start to end, ms", Hello.class, Run::tookMs);
        summary(out, "hello world: resident, kB", Hello.class, run -> run.said());
        summary(out, "datagram of 256 bytes, sent and received, ns", Loopback.class, run -> run.said());
        return runs.stream().allMatch(run -> run.said() > 0) ? 0 : 1;
    }

    private void run(PrintStream out, Class<?> program, Path jar) throws Exception {
        Path directory = Files.createTempDirectory(Directories.base(), "parquet-flow-bench-agent-");
        List<String> flags = new ArrayList<>(List.of("-Xms64m", "-Xmx256m"));
        if (jar != null) {
            flags.add("-javaagent:" + jar + "=directory=" + directory + ",taps=udp+tcp");
        }
        long[] said = new long[1];
        long start = System.nanoTime();
        int code = Fork.run(flags, classes(), program.getName(), List.of(), directory, line -> {
            Matcher number = NUMBER.matcher(line);
            said[0] = number.find() ? Long.parseLong(number.group(1)) : said[0];
        });
        double tookMs = (System.nanoTime() - start) / 1e6;
        Directories.delete(directory);
        runs.add(new Run(program.getSimpleName(), jar != null, tookMs, code == 0 ? said[0] : 0));
        out.printf(
                Locale.ROOT,
                "%s agent=%s exit=%d took_ms=%.0f said=%d%n",
                program.getSimpleName(),
                jar != null,
                code,
                tookMs,
                said[0]);
    }

    @FunctionalInterface
    private interface Figure {
        double of(Run run);
    }

    private void summary(PrintStream out, String what, Class<?> program, Figure figure) {
        double[][] both = new double[2][];
        for (int i = 0; i < 2; i++) {
            boolean withAgent = i == 1;
            both[i] = runs.stream()
                    .filter(run -> run.program().equals(program.getSimpleName()) && run.withAgent() == withAgent)
                    .mapToDouble(figure::of)
                    .sorted()
                    .toArray();
        }
        out.printf(
                Locale.ROOT,
                "%s: without %.0f (%.0f to %.0f), with %.0f (%.0f to %.0f), difference of medians %.0f%n",
                what,
                median(both[0]),
                both[0][0],
                both[0][both[0].length - 1],
                median(both[1]),
                both[1][0],
                both[1][both[1].length - 1],
                median(both[1]) - median(both[0]));
    }

    private static double median(double[] sorted) {
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(0);
    }

    private static String classes() throws URISyntaxException {
        return Path.of(AgentBench.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    /** As it was built beside this module. */
    private static Path jar() throws IOException {
        Path folder = Path.of(System.getProperty("flow.home", "."), "agent", "target");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.getFileName().toString().matches("parquet-flow-agent-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the agent's jar is not built: " + folder));
        }
    }
}
