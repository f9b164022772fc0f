package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.bench.Fork;
import io.parquetflow.bench.crash.Leftovers.Harm;
import io.parquetflow.spi.Durability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each mistake is seen by one of the techniques, in a second or ten; without it the same technique finds nothing. */
class SeededBugsTest {
    /** A mistake and who sees it. {@code marker-before-payload} needs no technique: see {@link SeededBugTest}. */
    enum Caught {
        RELEASED_BEFORE_JOURNAL(SeededBugs.RELEASED_BEFORE_JOURNAL, "journal.before-write"),
        JOURNAL_DELETED_BEFORE_SEAL(SeededBugs.JOURNAL_DELETED_BEFORE_SEAL, "seal.before-footer"),
        NO_CRC(SeededBugs.NO_CRC, Harm.FLIPS),
        UNKNOWN_FILE_DELETED(SeededBugs.UNKNOWN_FILE_DELETED, Harm.FOREIGN),
        EPOCH_REUSED(SeededBugs.EPOCH_REUSED, Harm.STALE_MEMORY),
        NO_DIRECTORY_FORCE(SeededBugs.NO_DIRECTORY_FORCE),
        FSYNC_RETRIED(SeededBugs.FSYNC_RETRIED);

        private final SeededBug bug;
        private final List<String> points;
        private final Set<Harm> harms = EnumSet.noneOf(Harm.class);

        /** By a halt at a point. */
        Caught(SeededBug bug, String point) {
            this.bug = bug;
            this.points = List.of(point);
        }

        /** By damage to what is left over. */
        Caught(SeededBug bug, Harm harm) {
            this(bug);
            harms.add(harm);
        }

        /** By forces that fail. */
        Caught(SeededBug bug) {
            this.bug = bug;
            this.points = List.of();
        }

        private Technique technique() {
            if (!points.isEmpty()) {
                return new CrashPoints();
            }
            return harms.isEmpty() ? new FailingForces() : new Leftovers(harms);
        }
    }

    private static final Path REPOSITORY = Path.of(System.getProperty("project.root"));
    private static final int HITS = 4;
    private static final long LIFE_NS = 400_000_000;

    @TempDir
    Path home;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private Score run(Technique technique, List<String> points, String classPath) throws Exception {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Settings settings = new Settings(
                home,
                11,
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

    private String planted(SeededBug bug) throws Exception {
        return bug.plant(REPOSITORY, Fork.absoluteClassPath(), home.resolve("bug"));
    }

    @ParameterizedTest
    @EnumSource
    void everyBugIsSeen(Caught caught) throws Exception {
        Score score = run(caught.technique(), caught.points, planted(caught.bug));
        assertThat(score.failures()).as("%s", output).isNotEmpty();
    }

    @Test
    void withoutABugNothingIsSeen() throws Exception {
        List<String> points = List.of("journal.before-write", "seal.before-footer");
        for (Technique technique : List.of(new CrashPoints(), new Leftovers(), new FailingForces())) {
            Score score = run(technique, points, Fork.absoluteClassPath());
            assertThat(score.failures()).as("%s", output).isEmpty();
            assertThat(score.accepted()).isPositive();
        }
    }

    /** What makes a reused epoch a mistake is that memory may hold anything. */
    @Test
    void memoryOfAnotherWriterIsHarmlessAsLongAsTheEpochIsNew() throws Exception {
        Set<Harm> harms = EnumSet.of(Harm.STALE_MEMORY);
        Score score = run(new Leftovers(harms), List.of(), planted(SeededBugs.MEMORY_RECYCLED));
        assertThat(score.failures()).as("%s", output).isEmpty();
    }

    @Test
    void noBugIsForgotten() {
        Set<SeededBug> seen = new HashSet<>(List.of(SeededBugs.MARKER_BEFORE_PAYLOAD));
        for (Caught caught : Caught.values()) {
            seen.add(caught.bug);
        }
        assertThat(seen).isEqualTo(Set.copyOf(SeededBugs.ALL)).hasSize(8);
    }
}
