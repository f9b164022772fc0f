package io.parquetflow.bench.crash;

import java.io.IOException;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * SIGKILL at random moments of a recovery, and of the recovery of that recovery; the last one is let through.
 *
 * <p>Not thread-safe.
 */
final class RecoveryKills implements Technique {
    private static final int SHARE = 5;
    private static final int RECOVERIES = 3;
    private static final long FIRST_GUESS_NS = 300_000_000;

    @Override
    public String name() {
        return "kills in recovery";
    }

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        SplittableRandom random = new SplittableRandom(settings.seed() + 1);
        long recoveryNs = FIRST_GUESS_NS;
        int directories = Math.max(1, settings.kills() / SHARE / RECOVERIES);
        int throughBefore = 0;
        for (int directory = 0; directory < directories; directory++) {
            Arena arena = Arena.make(settings, "recovery-" + directory, false);
            Arena.Life life = arena.start(Arena.Start.PLAIN);
            life.child().await(Oracle.State.OPEN);
            life.child().letRun(settings.lifeNs() / 2 + random.nextLong(settings.lifeNs() / 2));
            life.child().kill();
            for (int i = 0; i < RECOVERIES; i++) {
                Arena.Life recovery = arena.startRecovery(Arena.Start.PLAIN);
                recovery.child().await(Oracle.State.RUNNING);
                long start = System.nanoTime();
                recovery.child().letRun(random.nextLong(recoveryNs));
                boolean lived = recovery.child().isAlive();
                recovery.child().kill();
                score.run(lived);
                if (!lived) { // quicker than what was guessed: guess again
                    throughBefore++;
                    recoveryNs = Math.max(1, System.nanoTime() - start);
                }
            }
            arena.conclude(verifier, score);
            settings.out()
                    .println("  " + (directory + 1) + " of " + directories + " directories, " + score.kills()
                            + " recoveries killed, " + score.lost() + " lost");
        }
        score.note(throughBefore + " recoveries were through before their kill");
    }
}
