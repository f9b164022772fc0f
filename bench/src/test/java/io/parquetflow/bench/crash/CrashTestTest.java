package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.bench.Fork;
import io.parquetflow.spi.Durability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command kills real processes; where nothing is promised it has to see what is lost. */
@Tag("machine")
class CrashTestTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--directory=" + directory, "--seed=3"));
        all.addAll(List.of(arguments));
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        return CrashTest.commandLine(out).execute(all.toArray(String[]::new));
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void killsWithoutDurabilityLoseRecordsAndTheCommandSaysSo() throws Exception {
        int exitCode = run("--faults=random", "--kills=3", "--seconds=0.5", "--durability=off");
        assertThat(exitCode).as(said()).isEqualTo(1);
        assertThat(said())
                .containsPattern("\\| random kills \\| 3 \\| 3 \\| [\\d,]+ \\| (?!0 )[\\d,]+ \\| 0 \\| 0 \\| 0 \\|")
                .contains("random kills FAILED:", "lost: generation=", "again with --seed 3");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void systemCallsAreKilledAt() {
        assumeTrue(Tools.has("strace"), "no strace here");
        run("--faults=syscalls", "--quick", "--durability=off");
        assertThat(said())
                .containsPattern("\\| system calls \\| \\d+ \\| [1-9]\\d* \\|")
                .contains("link", "pwrite64")
                .doesNotContain("nothing was killed");
    }

    @Test
    void thePowerIsCutWhereThatCanBeDone() {
        int exitCode = run("--faults=power", "--kills=5", "--seconds=0.3", "--durability=off");
        // Nothing is promised to records, so their loss is no failure.
        assertThat(exitCode).as(said()).isZero();
        for (String type : List.of("ext4", "xfs")) {
            String obstacle = LoopDisk.obstacle(type);
            assertThat(said())
                    .contains(obstacle.isEmpty() ? "| power cuts, " + type + " | 1 | 1 |" : "skipped: " + obstacle);
        }
    }

    @Test
    void aPointThatNoRunReachesIsAFailure() {
        // Without durability there is no journal, and nothing to salvage from one.
        int exitCode = run("--faults=points", "--quick", "--durability=off", "--points=recovery.after-salvage");
        assertThat(exitCode).as(said()).isEqualTo(1);
        assertThat(said()).contains("crash points that no run reached: [recovery.after-salvage]");
    }

    @Test
    void aPointThatIsReachedHaltsEachOfItsRuns() throws Exception {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        List<String> points = List.of("seal.after-name");
        Settings.Scale scale = new Settings.Scale(3, 1, 1);
        Settings settings = new Settings(
                directory, 3, Durability.OFF, 5, scale, 1, false, false, points, Fork.absoluteClassPath(), out);
        Score score = new Score("points");
        try (Verifier verifier = new Verifier(settings.seed())) {
            new CrashPoints().run(settings, verifier, score);
        }
        assertThat(score.kills()).as(said()).isEqualTo(3);
        assertThat(score.lost()).isPositive();
        assertThat(said()).contains("seal.after-name: halted 3 times");
    }

    @Test
    void misuseIsExitCodeTwo() {
        assertThat(run("--kills=0")).isEqualTo(2);
        assertThat(run("--faults=rain")).isEqualTo(2);
        assertThat(run("--points=nowhere")).isEqualTo(2);
        assertThat(run("--bug=none")).isEqualTo(2);
    }
}
