package io.parquetflow.bench.crash;

import io.parquetflow.bench.sink.Directories;
import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One sink's directory and the lives that follow each other in it, each killed or closed, each finding what the ones
 * before left.
 *
 * <p>Not thread-safe.
 */
final class Arena {
    private static final String OPEN = ".inprogress";
    private static final int PRODUCERS = 3;

    private final Settings settings;
    private final Path home;
    private final Path data;
    private final boolean decoded;
    private final List<Life> lives = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private int started;

    /** One process and what it promised. */
    record Life(int generation, Oracle oracle, Child child) {}

    /** What a life is started with, besides its plan. */
    record Start(List<String> prefix, List<String> flags, long rotateBytes, long mostRecords) {
        /** Dozens of segments a second. */
        private static final long ROTATE_BYTES = 1 << 20;

        static final Start PLAIN = new Start(List.of(), List.of(), ROTATE_BYTES, ChildPlan.FOR_EVER);

        Start most(long records) {
            return new Start(prefix, flags, rotateBytes, records);
        }

        Start flag(String flag) {
            return new Start(prefix, List.of(flag), rotateBytes, mostRecords);
        }

        Start under(List<String> tracer) {
            return new Start(tracer, flags, rotateBytes, mostRecords);
        }

        Start rotatingAt(long bytes) {
            return new Start(prefix, flags, bytes, mostRecords);
        }
    }

    private Arena(Settings settings, Path home, Path data, boolean decoded) {
        this.settings = settings;
        this.home = home;
        this.data = data;
        this.decoded = decoded;
    }

    static Arena make(Settings settings, String name, boolean decoded) throws IOException {
        Path home = Files.createDirectories(settings.home().resolve(name));
        return new Arena(settings, home, home.resolve("data"), decoded);
    }

    /** With its data on a file system of its own. */
    static Arena on(Settings settings, String name, Path data) throws IOException {
        return new Arena(settings, Files.createDirectories(settings.home().resolve(name)), data, false);
    }

    Path home() {
        return home;
    }

    Path data() {
        return data;
    }

    /** Where the ring's memory lies that survives a process: what a power cut takes, we have to take ourselves. */
    Path slabs() {
        return home.resolve("slabs");
    }

    Life start(Start how) throws IOException {
        return start(how, ChildPlan.Task.PRODUCE);
    }

    private Life start(Start how, ChildPlan.Task task) throws IOException {
        int generation = started++;
        Path page = home.resolve("oracle-" + generation);
        ChildPlan plan = new ChildPlan(
                task,
                data,
                page,
                settings.seed(),
                generation,
                PRODUCERS,
                settings.durability(),
                decoded,
                how.rotateBytes(),
                how.mostRecords());
        Oracle oracle = Oracle.map(page);
        List<String> flags = new ArrayList<>(how.flags());
        flags.add("-Dparquetflow.slab-directory=" + slabs());
        Path log = home.resolve("output-" + generation);
        Child child = Child.start(how.prefix(), flags, settings.classPath(), plan, oracle, log);
        children.add(child);
        Life life = new Life(generation, oracle, child);
        lives.add(life);
        return life;
    }

    /** A life that only recovers what others left. */
    Life startRecovery(Start how) throws IOException {
        return start(how, ChildPlan.Task.RECOVER);
    }

    /** Recovers to the end. What went wrong, or empty. */
    String recover() throws IOException, InterruptedException {
        Life life = startRecovery(Start.PLAIN);
        int exitCode = life.child().exitCode();
        return exitCode == 0 ? "" : "recovery: exit code " + exitCode + ": " + lastOutput(life);
    }

    /** The last line that is not a place in the code: of an exception what it says. */
    String lastOutput(Life life) throws IOException {
        return Files.readAllLines(home.resolve("output-" + life.generation())).stream()
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t... "))
                .reduce("", (before, line) -> line);
    }

    /** Whether the journal says that a segment is about to get its name, and it has not: the last life died sealing it. */
    boolean diedSealing() throws IOException {
        Path internal = data.resolve(FlowDirectory.INTERNAL);
        if (!Files.isDirectory(internal)) {
            return false;
        }
        try (DirectoryStream<Path> open = Files.newDirectoryStream(internal, "*" + OPEN)) {
            for (Path path : open) {
                String name = path.getFileName().toString();
                if (isAnnounced(name.substring(0, name.length() - OPEN.length()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isAnnounced(String segment) throws IOException {
        for (Path path : JournalBytes.in(data)) {
            JournalBytes journal = JournalBytes.read(path);
            if (journal.frames().stream()
                    .anyMatch(frame -> frame.kind() == JournalBytes.SEALING && journal.mentions(frame, segment))) {
                return true;
            }
        }
        return false;
    }

    Verdict judge(Verifier verifier) throws IOException, SQLException {
        return judge(verifier, UnaryOperator.identity());
    }

    /** Holds what is there against what was promised, or what is left of the promises. */
    Verdict judge(Verifier verifier, UnaryOperator<Promise> owed) throws IOException, SQLException {
        List<Promise> promises = new ArrayList<>();
        for (Life life : lives) {
            promises.add(owed.apply(Promise.of(life.generation(), life.oracle())));
        }
        Files.createDirectories(data);
        return verifier.verify(data, promises);
    }

    /** The last of a directory's lives recovers it; then it is judged. */
    void conclude(Verifier verifier, Score score) throws IOException, InterruptedException, SQLException {
        endAll();
        String stuck = recover();
        conclude(verifier, score, 0, stuck.isEmpty() ? List.of() : List.of(home.getFileName() + ": " + stuck));
    }

    /**
     * Judges what was recovered before.
     *
     * @param mayMiss records that may be missing
     * @param wrong what is known to be wrong already
     */
    void conclude(Verifier verifier, Score score, long mayMiss, List<String> wrong) throws IOException, SQLException {
        endAll();
        wrong.forEach(score::fail);
        Verdict verdict = judge(verifier).forgiving(mayMiss);
        score.add(verdict);
        boolean failed = !wrong.isEmpty() || !verdict.isClean();
        if (failed) {
            settings.out().println("  FAILED: " + home.getFileName() + ": " + (wrong.isEmpty() ? verdict : wrong));
        }
        end(failed);
    }

    /** Ends what still runs. */
    void endAll() {
        children.forEach(Child::close);
        children.clear();
    }

    /** Ends what still runs, and deletes all of it unless it is worth a look. */
    void end(boolean failed) throws IOException {
        endAll();
        if (failed && settings.keep()) {
            settings.out().println("  kept: " + home);
        } else {
            Directories.delete(home);
        }
    }
}
