package io.parquetflow.bench.crash;

import io.parquetflow.file.CrashPoint;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * {@code Runtime.halt} at every named place, the first time it is reached and some later ones. A place that no run
 * reaches is a failure: it would be a promise that nobody tests.
 *
 * <p>Not thread-safe.
 */
final class CrashPoints implements Technique {
    /** Of a quick run. */
    private static final int QUICK_POINTS = 8;

    private static final String IN_RECOVERY = "recovery.";
    private static final String IN_REJECTS = "rejects.";
    private static final int[] HITS = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377};
    /** Ten segments or so, and then the child closes its sink: a point that is reached late, or in the close. */
    private static final long RECORDS = 15_000;

    @Override
    public String name() {
        return "crash points";
    }

    private static int hitsOf(Settings settings) {
        return Math.min(HITS.length, settings.scale().pointHits());
    }

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        int hits = hitsOf(settings);
        List<String> points = drawn(settings);
        List<String> never = new ArrayList<>();
        for (String point : points) {
            int reached = point.startsWith(IN_RECOVERY)
                    ? inRecovery(settings, point, hits, verifier, score)
                    : inLife(settings, point, hits, verifier, score);
            settings.out().println("  " + point + ": halted " + reached + " times, " + score.lost() + " lost so far");
            if (reached == 0) {
                never.add(point);
            }
        }
        score.note(points.size() + " points, " + never.size() + " never reached");
        if (!never.isEmpty()) {
            score.fail("crash points that no run reached: " + never);
        }
    }

    /** All of them, or a handful when there is no time. */
    private static List<String> drawn(Settings settings) {
        List<String> points = new ArrayList<>(settings.points());
        if (settings.quick() && points.size() > QUICK_POINTS) {
            Collections.shuffle(points, new Random(settings.seed()));
            return points.subList(0, QUICK_POINTS);
        }
        return points;
    }

    /** One life after the other in one directory, until one does not come so far. Answers how many halted. */
    private static int inLife(Settings settings, String point, int hits, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        Arena arena = Arena.make(settings, "point-" + point, point.startsWith(IN_REJECTS));
        int reached = 0;
        while (reached < hits && halts(arena.start(armed(point, HITS[reached])), point, arena, score)) {
            reached++;
        }
        arena.conclude(verifier, score);
        return reached;
    }

    /** Each of them is passed once for one dead writer, but at another moment of its life each time. */
    private static int inRecovery(Settings settings, String point, int hits, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        int reached = 0;
        boolean halted = true;
        while (reached < hits && halted) {
            Arena arena = Arena.make(settings, "point-" + point + "-" + reached, false);
            Arena.Life before = arena.start(Arena.Start.PLAIN);
            before.child().await(Oracle.State.OPEN);
            before.child().letRun(settings.lifeNs() / 2);
            before.child().kill();
            halted = halts(arena.startRecovery(armed(point, 1)), point, arena, score);
            reached += halted ? 1 : 0;
            arena.conclude(verifier, score);
        }
        return reached;
    }

    private static Arena.Start armed(String point, int hit) {
        return Arena.Start.PLAIN
                .flag("-D" + CrashPoint.PROPERTY + "=" + point + ":" + hit)
                .most(RECORDS);
    }

    /** Whether it came to the point so often. */
    private static boolean halts(Arena.Life life, String point, Arena arena, Score score)
            throws IOException, InterruptedException {
        int exitCode = life.child().exitCode();
        boolean halted = exitCode == CrashPoint.EXIT_CODE;
        if (!halted && exitCode != 0) {
            score.fail(point + ": exit code " + exitCode + ": " + arena.lastOutput(life));
        }
        score.run(halted);
        return halted;
    }
}
