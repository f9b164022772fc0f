package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.bench.Fork;
import io.parquetflow.bench.crash.Leftovers.Harm;
import io.parquetflow.spi.Durability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is seen by one of the techniques, in a second or ten; without it the same technique finds nothing. */
@Tag("machine")
class SeededBugsTest {
    /** A mistake and who sees it; the points are for halts. */
    private record Caught(SeededBug bug, Technique technique, List<String> points) {
        @Override
        public String toString() {
            return bug.name();
        }
    }

    private static final Path REPOSITORY = Path.of(System.getProperty("project.root"));
    private static final int HITS = 4;
    private static final long LIFE_NS = 400_000_000;

    private static Caught halted(SeededBug bug, String point) {
        return new Caught(bug, new CrashPoints(), List.of(point));
    }

    private static Caught damaged(SeededBug bug, Harm harm) {
        return new Caught(bug, new Leftovers(EnumSet.of(harm)), List.of());
    }

    private static Caught forced(SeededBug bug) {
        return new Caught(bug, new FailingForces(), List.of());
    }

    /** All but {@code marker-before-payload}, which needs no technique: see {@link SeededBugTest}. */
    static List<Caught> bugs() {
        return List.of(
                halted(SeededBugs.RELEASED_BEFORE_JOURNAL, "journal.before-write"),
                halted(SeededBugs.JOURNAL_DELETED_BEFORE_SEAL, "seal.before-footer"),
                damaged(SeededBugs.NO_CRC, Harm.FLIPS),
                damaged(SeededBugs.UNKNOWN_FILE_DELETED, Harm.FOREIGN),
                damaged(SeededBugs.EPOCH_REUSED, Harm.STALE_MEMORY),
                forced(SeededBugs.NO_DIRECTORY_FORCE),
                forced(SeededBugs.FSYNC_RETRIED));
    }

    private static final long FIRST_SEED = 11;
    private static final int MOST_ROUNDS = 8;

    @TempDir
    Path home;

    private long seed = FIRST_SEED;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private Score run(Technique technique, List<String> points, String classPath) throws Exception {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Settings settings = new Settings(
                Files.createDirectories(home.resolve("seed-" + seed)),
                seed,
                Durability.PROCESS,
                1,
                new Settings.Scale(HITS, 1, 1),
                LIFE_NS,
                true,
                false,
                points,
                classPath,
                out);
        Score score = new Score(technique.name());
        try (Verifier verifier = new Verifier(settings.seed())) {
            technique.run(settings, verifier, score);
        }
        assumeTrue(!score.skipped(), () -> "cannot be done here: " + score.notes());
        return score;
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String planted(SeededBug bug) throws Exception {
        return bug.plant(REPOSITORY, Fork.absoluteClassPath(), home.resolve("bug"));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void everyBugIsSeen(Caught caught) throws Exception {
        String classPath = planted(caught.bug());
        List<String> failures = List.of();
        for (seed = FIRST_SEED;
                failures.isEmpty() && seed < FIRST_SEED + MOST_ROUNDS;
                seed++) { // some are matters of luck
            failures = run(caught.technique(), caught.points(), classPath).failures();
        }
        assertThat(failures).as(said()).isNotEmpty();
    }

    @Test
    void withoutABugNothingIsSeen() throws Exception {
        List<String> points = List.of("journal.before-write", "seal.before-footer");
        for (Technique technique : List.of(new CrashPoints(), new Leftovers(), new FailingForces())) {
            Score score = run(technique, points, Fork.absoluteClassPath());
            assertThat(score.failures()).as(said()).isEmpty();
            assertThat(score.accepted()).isPositive();
        }
    }

    /** What makes a reused epoch a mistake is that memory may hold anything. */
    @Test
    void memoryOfAnotherWriterIsHarmlessAsLongAsTheEpochIsNew() throws Exception {
        Set<Harm> harms = EnumSet.of(Harm.STALE_MEMORY);
        Score score = run(new Leftovers(harms), List.of(), planted(SeededBugs.MEMORY_RECYCLED));
        assertThat(score.failures()).as(said()).isEmpty();
    }

    @Test
    void noBugIsForgotten() {
        Set<SeededBug> seen = new HashSet<>(List.of(SeededBugs.MARKER_BEFORE_PAYLOAD));
        bugs().forEach(caught -> seen.add(caught.bug()));
        assertThat(seen).isEqualTo(Set.copyOf(SeededBugs.ALL)).hasSize(8);
    }
}
