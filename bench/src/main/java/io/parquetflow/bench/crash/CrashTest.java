package io.parquetflow.bench.crash;

import io.parquetflow.bench.Fork;
import io.parquetflow.bench.Machine;
import io.parquetflow.bench.sink.Directories;
import io.parquetflow.file.CrashPoint;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code flow crash-test}: kills real processes, starts them again, and counts their rows.
 *
 * <p>Not thread-safe: a main class.
 */
@Command(
        name = "flow crash-test",
        description = {
            "Kills processes that capture, recovers what they leave, and holds every row that DuckDB reads against what",
            "their producers were promised: each accepted record once, in order, its bytes intact, every file whole.",
            "Exit code 0: so it is; 1: not so; 2: misuse."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CrashTest implements Callable<Integer> {
    /** What can be asked for. */
    enum Fault {
        RANDOM,
        SYSCALLS,
        POINTS,
        RECOVERY,
        LEFTOVERS,
        FORCES,
        POWER,
        ALL
    }

    private static final int QUICK_KILLS = 10;
    private static final double QUICK_SECONDS = 0.5;
    /** Of 500 kills, 300 are to be at named places. */
    private static final double POINTS_SHARE = 300.0 / 500;
    /** And 100 power cuts of each of two file systems. */
    private static final double POWER_SHARE = 100.0 / 500;

    @Option(
            names = "--faults",
            split = ",",
            defaultValue = "all",
            description = "random, syscalls, points, recovery, leftovers, forces, power, all; all if not given.")
    private List<Fault> faults;

    @Option(
            names = "--kills",
            defaultValue = "100",
            description = "Random kills; the other techniques follow: 500 makes 300 crash points and 200 power cuts.")
    private int kills;

    @Option(
            names = "--points",
            split = ",",
            description = "Crash points to halt at; all that flow-core names if not given.")
    private List<String> points = CrashPoint.NAMES;

    @Option(
            names = "--point-hits",
            description =
                    "Halts at each crash point, 13 at the most; so many that there are 3 for each 5 kills if not given.")
    private Integer pointHits;

    @Option(names = "--power-cuts", description = "Power cuts of each file system; 1 for each 5 kills if not given.")
    private Integer powerCuts;

    @Option(
            names = "--syscall-stride",
            defaultValue = "1",
            description = "Kill at every n-th system call; 1 if not given.")
    private int syscallStride;

    @Option(names = "--seconds", defaultValue = "1", description = "A process lives so long at most; 1 if not given.")
    private double seconds;

    @Option(names = "--seed", description = "Of payloads and moments; drawn and printed if not given.")
    private Long seed;

    @Option(
            names = "--durability",
            defaultValue = "process",
            description = "process, power, off (which promises nothing, and fails); process if not given.")
    private Durability durability;

    @Option(names = "--directory", description = "Everything goes below it; /dev/shm where there is one, if not given.")
    private Path directory;

    @Option(names = "--keep", description = "Keep the directories of failures.")
    private boolean keep;

    @Option(names = "--quick", description = "A sample of everything, in 90 seconds on two cores.")
    private boolean quick;

    @Option(names = "--bug", description = "Plant a mistake in flow-core, which must be seen; see SeededBugs.")
    private String bug;

    @Spec
    private CommandSpec spec;

    private final PrintStream out;

    /** Prints on standard output. */
    public CrashTest() {
        this(System.out);
    }

    CrashTest(PrintStream out) {
        this.out = out;
    }

    /**
     * Starts.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(commandLine(System.out).execute(arguments));
    }

    static CommandLine commandLine(PrintStream out) {
        return new CommandLine(new CrashTest(out)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        boolean positive = kills > 0
                && seconds > 0
                && syscallStride > 0
                && (pointHits == null || pointHits > 0)
                && (powerCuts == null || powerCuts > 0);
        if (!positive) {
            throw new ParameterException(spec.commandLine(), "all numbers must be positive");
        }
        if (!CrashPoint.NAMES.containsAll(points)) {
            throw new ParameterException(spec.commandLine(), "--points: there are " + CrashPoint.NAMES);
        }
        Machine.print(out);
        Path base = directory == null ? Directories.base() : Files.createDirectories(directory);
        Path home = Files.createTempDirectory(base, "parquet-flow-crash-").toAbsolutePath();
        if (!keep) {
            Directories.deleteAtExit(home);
        }
        Settings settings = settings(home);
        out.println("# durability: " + durability.name().toLowerCase(Locale.ROOT) + ", seed: " + settings.seed()
                + ", kills: " + settings.kills() + ", directory: " + home + ", "
                + Files.getFileStore(home).type() + (bug == null ? "" : ", bug: " + bug));
        List<Score> scores = run(settings);
        ReportCard.print(scores, out);
        boolean failed = scores.stream().anyMatch(Score::failed);
        if (failed) {
            out.println();
            out.println("FAILED; again with --seed " + settings.seed());
        }
        if (!keep) {
            Directories.delete(home);
        }
        return failed ? 1 : 0;
    }

    private Settings settings(Path home) throws IOException {
        double life = quick ? Math.min(seconds, QUICK_SECONDS) : seconds;
        return new Settings(
                home,
                seed == null ? System.nanoTime() : seed,
                durability,
                quick ? Math.min(kills, QUICK_KILLS) : kills,
                scale(),
                (long) (life * 1_000_000_000),
                quick,
                keep,
                points,
                classPath(home),
                out);
    }

    /** What nobody asked for follows from the kills. */
    private Settings.Scale scale() {
        int hits = quick ? 1 : (int) Math.ceil(kills * POINTS_SHARE / points.size());
        int cuts = quick ? 1 : (int) Math.ceil(kills * POWER_SHARE);
        return new Settings.Scale(
                pointHits == null ? hits : pointHits, powerCuts == null ? cuts : powerCuts, syscallStride);
    }

    private String classPath(Path home) throws IOException {
        String own = Fork.absoluteClassPath();
        if (bug == null) {
            return own;
        }
        SeededBug seeded = SeededBugs.named(bug)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no such bug: " + bug + "; there are "
                                + SeededBugs.ALL.stream().map(SeededBug::name).toList()));
        String repository = System.getProperty("flow.home");
        if (repository == null) {
            throw new ParameterException(spec.commandLine(), "--bug needs the sources: -Dflow.home is not given");
        }
        return seeded.plant(Path.of(repository), own, home.resolve("bug"));
    }

    private List<Score> run(Settings settings) throws IOException, InterruptedException, SQLException {
        List<Score> scores = new ArrayList<>();
        try (Verifier verifier = new Verifier(settings.seed())) {
            for (Technique technique : techniques()) {
                out.println("# " + technique.name());
                Score score = new Score(technique.name());
                try {
                    technique.run(settings, verifier, score);
                } catch (IOException | SQLException | RuntimeException e) {
                    score.fail("broken off: " + e); // the others have their turn all the same
                }
                if (technique.kills() && !score.skipped() && score.kills() == 0) {
                    score.fail("nothing was killed");
                }
                score.end();
                scores.add(score);
            }
        }
        return scores;
    }

    private List<Technique> techniques() {
        Set<Fault> wanted = faults.contains(Fault.ALL) ? EnumSet.allOf(Fault.class) : EnumSet.copyOf(faults);
        List<Technique> all = new ArrayList<>();
        for (Fault fault : wanted) {
            switch (fault) {
                case RANDOM -> all.add(new RandomKills());
                case SYSCALLS -> all.add(new SyscallKills());
                case POINTS -> all.add(new CrashPoints());
                case RECOVERY -> all.add(new RecoveryKills());
                case LEFTOVERS -> all.add(new Leftovers());
                case FORCES -> all.add(new FailingForces());
                case POWER -> {
                    all.add(new PowerCuts("ext4"));
                    all.add(new PowerCuts("xfs"));
                }
                case ALL -> {} // all of the others
            }
        }
        return all;
    }
}
