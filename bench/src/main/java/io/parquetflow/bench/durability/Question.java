package io.parquetflow.bench.durability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What was asked for on the command line. Null stands for the part's own default, which is what its targets are about.
 *
 * @param parts all of them, or some
 * @param runs rounds
 * @param seconds measured, per run
 * @param warmup seconds before, not measured
 * @param rate calls a second of the burst
 * @param rotateBytes of the burst's segments
 * @param memory a directory of ours on a memory file system
 * @param disk a directory of ours on a disk
 * @param repository where flow-core's sources are; null when nobody said
 */
public record Question(
        Set<Kind> parts,
        Integer runs,
        Double seconds,
        double warmup,
        long rate,
        long rotateBytes,
        Path memory,
        Path disk,
        Path repository) {
    /** Parts by name. */
    public enum Kind {
        /** {@link Pairs}. */
        PAIRS,
        /** {@link Rates}. */
        RATE,
        /** {@link Foreign}. */
        FOREIGN,
        /** {@link Bursts}. */
        BURST,
        /** {@link Opens}. */
        OPEN,
        /** Each of them. */
        ALL
    }

    private static final int PAIRS = 10;
    private static final int OPENS = 10;
    private static final int ROUNDS = 3;
    private static final double RATE_SECONDS = 10;
    private static final double PACED_SECONDS = 10;
    private static final double BURST_SECONDS = 60;
    private static final int SEGMENTS = 10_000;
    /** Of 256 bytes: 500 MB. */
    private static final long RECORDS = 1_950_000;

    /**
     * Answers.
     *
     * @param jvmArguments of the measured JVMs
     * @param out where to
     * @return whether every run counts, reached its target or not
     * @throws IOException when a directory cannot be used
     * @throws InterruptedException when the caller is interrupted
     */
    public boolean answer(List<String> jvmArguments, PrintStream out) throws IOException, InterruptedException {
        Rounds rounds = new Rounds(jvmArguments, out);
        Verdicts verdicts = new Verdicts(rounds.figures());
        for (Part part : selected()) {
            part.run(rounds);
            part.judge(verdicts);
        }
        rounds.figures().print(out);
        verdicts.print(out);
        return rounds.figures().failed().isEmpty();
    }

    private List<Part> selected() {
        Set<Kind> wanted = parts.contains(Kind.ALL) ? EnumSet.complementOf(EnumSet.of(Kind.ALL)) : parts;
        List<Part> all = new ArrayList<>();
        for (Kind kind : wanted) {
            all.add(
                    switch (kind) {
                        case PAIRS -> new Pairs(runs(PAIRS), seconds(PACED_SECONDS), warmup, memory.resolve("run"));
                        case RATE ->
                            new Rates(
                                    runs(ROUNDS),
                                    seconds(RATE_SECONDS),
                                    warmup,
                                    memory.resolve("run"),
                                    disk.resolve("run"));
                        case FOREIGN -> new Foreign(runs(ROUNDS), seconds(PACED_SECONDS), warmup, disk);
                        case BURST -> new Bursts(rate, seconds(BURST_SECONDS), rotateBytes, repository, memory);
                        case OPEN -> new Opens(runs(OPENS), SEGMENTS, RECORDS, memory);
                        case ALL -> throw new IllegalStateException("not a part");
                    });
        }
        return all;
    }

    private int runs(int fallback) {
        return runs == null ? fallback : runs;
    }

    private double seconds(double fallback) {
        return seconds == null ? fallback : seconds;
    }
}
