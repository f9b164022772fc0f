package io.parquetflow.bench.crash;

import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs with {@code durability=power} whose forces fail now and then, by strace, and one where none does: the rows are all
 * there, and the rules of {@link ForceTrace} are kept. Nothing is killed.
 *
 * <p>Not thread-safe.
 */
final class FailingForces implements Technique {
    /** As strace's {@code when} says it: which forces of each thread fail. Of a short run, only the first for sure. */
    private static final List<String> FAILING = List.of("", "1", "3+5", "1+7", "5+11");

    private static final long RECORDS = 5_000;

    @Override
    public String name() {
        return "failing forces";
    }

    @Override
    public boolean kills() {
        return false;
    }

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        if (!Tools.has("strace")) {
            score.skip("no strace");
            return;
        }
        int failures = 0;
        Settings power = settings.with(Durability.POWER);
        for (String fail : settings.quick() ? FAILING.subList(0, 2) : FAILING) {
            Arena arena = Arena.make(power, "forces-" + fail.replace('+', '-'), false);
            Path log = arena.home().resolve("strace");
            Arena.Life life = arena.start(Arena.Start.PLAIN.most(RECORDS).under(ForceTrace.watching(log, fail)));
            int exitCode = life.child().exitCode();
            score.run(false);
            if (exitCode != 0) {
                score.fail("forces " + fail + ": exit code " + exitCode + ": " + arena.lastOutput(life));
            }
            ForceTrace trace = ForceTrace.read(log, arena.data());
            trace.broken().forEach(score::fail);
            if (trace.failures() == 0 && !fail.isEmpty()) {
                score.fail("no force failed that was to fail: when=" + fail);
            }
            failures += trace.failures();
            arena.conclude(verifier, score);
            settings.out().println("  when=" + fail + ": " + trace.failures() + " forces failed");
        }
        score.note(failures + " forces failed, in " + score.runs() + " runs that nobody killed");
    }
}
