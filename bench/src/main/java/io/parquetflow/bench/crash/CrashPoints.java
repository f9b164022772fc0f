package io.parquetflow.bench.crash;

import io.parquetflow.file.CrashPoint;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Runtime.halt} at every named place, the first time it is reached and some later ones. A place that no run
 * reaches is a failure: it would be a promise that nobody tests.
 *
 * <p>Not thread-safe.
 */
final class CrashPoints implements Technique {
    private static final String IN_RECOVERY = "recovery.";
    private static final String IN_REJECTS = "rejects.";
    private static final int[] HITS = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377};
    /** Of 500 kills, 300 are to be at named places. */
    private static final double SHARE = 300.0 / 500;
    /** Ten segments or so, and then the child closes its sink: a point that is reached late, or in the close. */
    private static final long RECORDS = 15_000;

    @Override
    public String name() {
        return "crash points";
    }

    private static int hitsOf(Settings settings) {
        int each = (int) Math.ceil(settings.kills() * SHARE / settings.points().size());
        return settings.quick() ? 1 : Math.min(HITS.length, Math.max(1, each));
    }

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        int hits = hitsOf(settings);
        List<String> never = new ArrayList<>();
        for (String point : settings.points()) {
            int reached = 0;
            for (int i = 0; i < hits && reached == i; i++) {
                reached += halt(settings, point, HITS[i], verifier, score) ? 1 : 0;
            }
            settings.out().println("  " + point + ": halted " + reached + " times, " + score.lost() + " lost so far");
            if (reached == 0) {
                never.add(point);
            }
        }
        if (!never.isEmpty()) {
            score.fail("crash points that no run reached: " + never);
            score.note(never.size() + " of " + settings.points().size() + " points never reached");
        }
    }

    /** Whether it was reached so often. */
    private static boolean halt(Settings settings, String point, int hit, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        Arena arena = Arena.make(settings, "point-" + point + "-" + hit, point.startsWith(IN_REJECTS));
        Arena.Start armed = Arena.Start.PLAIN
                .flag("-D" + CrashPoint.PROPERTY + "=" + point + ":" + hit)
                .most(RECORDS);
        Arena.Life life;
        if (point.startsWith(IN_RECOVERY)) {
            Arena.Life before = arena.start(Arena.Start.PLAIN);
            before.child().await(Oracle.State.OPEN);
            before.child().letRun(settings.lifeNs() / 2);
            before.child().kill();
            life = arena.startRecovery(armed);
        } else {
            life = arena.start(armed);
        }
        int exitCode = life.child().exitCode();
        boolean halted = exitCode == CrashPoint.EXIT_CODE;
        if (!halted && exitCode != 0) {
            score.fail(point + ": exit code " + exitCode + ": " + arena.lastOutput(life));
        }
        score.run(halted);
        arena.conclude(verifier, score);
        return halted;
    }
}
