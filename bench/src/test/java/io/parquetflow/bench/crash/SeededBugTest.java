package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.bench.Fork;
import io.parquetflow.spi.Durability;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in the product is seen by the crash test, and a mistake that cannot be planted is seen by us. */
class SeededBugTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("project.root"));
    private static final long RECORDS = 30_000;

    @TempDir
    Path home;

    static List<SeededBug> bugs() {
        return SeededBugs.ALL;
    }

    /** A life that closes its sink by itself: without a kill, only the product can be wrong. */
    private Verdict cleanLife(String classPath) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Settings settings = new Settings(
                home, 5, Durability.OFF, 1, new Settings.Scale(1, 1, 1), 1, true, false, List.of(), classPath, nowhere);
        Arena arena = Arena.make(settings, "arena", false);
        try (Verifier verifier = new Verifier(settings.seed())) {
            Arena.Life life = arena.start(Arena.Start.PLAIN.most(RECORDS));
            assertThat(life.child().exitCode()).as(arena.lastOutput(life)).isZero();
            return arena.judge(verifier);
        } finally {
            arena.end(false);
        }
    }

    @Test
    void withoutABugNothingIsWrong() throws Exception {
        Verdict verdict = cleanLife(Fork.absoluteClassPath());
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.accepted()).isEqualTo(3 * RECORDS);
    }

    @Test
    void aMarkerInFrontOfItsPayloadIsSeen() throws Exception {
        String classPath =
                SeededBugs.MARKER_BEFORE_PAYLOAD.plant(REPOSITORY, Fork.absoluteClassPath(), home.resolve("bug"));
        Verdict verdict = cleanLife(classPath);
        assertThat(verdict.corrupt()).as("%s", verdict).isPositive();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void everyBugCanBePlanted(SeededBug bug) throws Exception {
        Path classes = home.resolve("classes");
        assertThat(bug.plant(REPOSITORY, Fork.absoluteClassPath(), classes)).startsWith(classes.toString());
        for (String file : bug.changes().keySet()) {
            assertThat(classes.resolve(file.replace(".java", ".class"))).isRegularFile();
        }
        assertThat(SeededBugs.named(bug.name())).contains(bug);
    }

    @Test
    void aBugWhoseTextIsGoneIsNotPlanted() {
        SeededBug bug = SeededBug.in("gone", "A.java", new SeededBug.Edit("not there", ""));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> bug.edited("A.java", "class A {}"))
                .withMessage("seeded bug gone: A.java has changed: found=0, expected=1, text=not there");
        SeededBug twice = SeededBug.in("twice", "A.java", new SeededBug.Edit("a", "b"));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> twice.edited("A.java", "aa"));
        assertThat(SeededBug.in("both", "A.java", new SeededBug.Edit("a", "b", 2))
                        .edited("A.java", "a.a"))
                .isEqualTo("b.b");
    }

    @Test
    void aBugThatDoesNotCompileIsNotPlanted() throws Exception {
        Path file = home.resolve("flow-core/src/main/java/A.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "class A {}");
        SeededBug bug = SeededBug.in("broken", "A.java", new SeededBug.Edit("{}", "{"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> bug.plant(home, "", home.resolve("classes")))
                .withMessageStartingWith("seeded bug broken does not compile: ");
    }
}
