package io.parquetflow.bench.crash;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * SIGKILL at random moments. Several lives follow each other in one directory, so that what the dead left is recovered
 * while the next one's producers are at work, and may be killed in it.
 *
 * <p>Not thread-safe.
 */
final class RandomKills implements Technique {
    private static final int LIVES = 5;
    /** Some die before their sink is open. */
    private static final int EARLY_ONE_IN = 10;

    /** Every other directory seals after each row group, hundreds of times a second: kills are to meet a seal. */
    private static final long ROW_GROUP = CrashChild.ROW_GROUP_BYTES;

    private static final long EARLY_NS = 400_000_000;

    @Override
    public String name() {
        return "random kills";
    }

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        SplittableRandom random = new SplittableRandom(settings.seed());
        int sealing = 0;
        int left = settings.kills();
        for (int directory = 0; left > 0; directory++) {
            Arena arena = Arena.make(settings, "random-" + directory, false);
            for (int i = 0; i < LIVES && left > 0; i++, left--) {
                Arena.Life life =
                        arena.start(directory % 2 == 0 ? Arena.Start.PLAIN.rotatingAt(ROW_GROUP) : Arena.Start.PLAIN);
                if (random.nextInt(EARLY_ONE_IN) == 0) {
                    life.child().letRun(random.nextLong(EARLY_NS));
                } else {
                    life.child().await(Oracle.State.OPEN);
                    life.child().letRun(random.nextLong(settings.lifeNs()));
                }
                boolean lived = life.child().isAlive();
                life.child().kill();
                score.run(lived);
                if (!lived) {
                    score.fail("a child ended by itself: " + arena.lastOutput(life));
                }
                sealing += arena.diedSealing() ? 1 : 0;
            }
            arena.conclude(verifier, score);
            settings.out()
                    .println("  " + score.kills() + " of " + settings.kills() + " kills, " + score.accepted()
                            + " accepted, " + score.lost() + " lost");
        }
        score.note(String.format(
                Locale.ROOT, "%.1f %% while sealing", score.kills() == 0 ? 0 : 100.0 * sealing / score.kills()));
    }
}
