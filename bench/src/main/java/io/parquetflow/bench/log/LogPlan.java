package io.parquetflow.bench.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is to be run: every contender with every load, in turns, so that a noisy minute is nobody's alone. */
public final class LogPlan {
    @Option(
            names = "--contenders",
            split = ",",
            description = "All if not given: ours-logback, ours-log4j, log4j-async, "
                    + "log4j-async-sleep, logback-async, logstash-async, json-stdout; nothing-logback and nothing-log4j are floors: an"
                    + " appender that does nothing.")
    private List<String> contenders =
            Stream.of(Contender.values()).map(Contender::key).toList();

    @Option(names = "--events", split = ",", defaultValue = "params", description = "plain, params, exception, real.")
    private List<String> kinds;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "100000",
            description = "Events a second; flat-out and lossless are rates, too.")
    private List<String> rates;

    @Option(names = "--threads", split = ",", defaultValue = "1", description = "Threads that log.")
    private List<Integer> threads;

    @Option(names = "--seconds", defaultValue = "5", description = "Measured, behind three of warm-up.")
    private double seconds;

    @Option(names = "--rounds", defaultValue = "1", description = "How often everything is run.")
    private int rounds;

    @Option(
            names = "--logs",
            split = ",",
            description = "Files of real logs, for events real: 100 MB of them are logged.")
    private List<Path> logs = List.of();

    /** For picocli. */
    public LogPlan() {}

    /**
     * The runs, in their order.
     *
     * @return arguments of each
     */
    public List<List<String>> runs() {
        List<List<String>> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (String kind : kinds) {
                for (String rate : rates) {
                    for (int count : threads) {
                        contenders.forEach(contender -> runs.add(arguments(load(contender, kind, rate, count))));
                    }
                }
            }
        }
        return runs;
    }

    private List<String> arguments(LogLoad load) {
        List<String> arguments = new ArrayList<>(load.arguments());
        logs.forEach(file -> arguments.add("--logs=" + file.toAbsolutePath()));
        return arguments;
    }

    private LogLoad load(String contender, String kind, String rate, int count) {
        boolean lossless = rate.equals("lossless");
        return new LogLoad(
                Contender.named(contender)
                        .orElseThrow(() -> new IllegalArgumentException("no such contender: " + contender)),
                EventKind.named(kind).orElseThrow(() -> new IllegalArgumentException("no such event: " + kind)),
                lossless || rate.equals("flat-out") ? 0 : Long.parseLong(rate),
                count,
                seconds,
                lossless);
    }
}
