package io.parquetflow.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * SIGKILL at each system call that a short run makes in its directory, by strace: the call is not made any more. A run
 * is watched first; then there is a life for each of its calls, and on from there until a life ends by itself.
 *
 * <p>Not thread-safe.
 */
final class SyscallKills implements Technique {
    /** Two rotations and a bit. */
    private static final long RECORDS = 3_000;

    private static final int LIVES = 8;
    /** Runs differ: the same number of records may come in more, smaller writes. */
    private static final int MOST_BEYOND = 40;

    private Arena arena;
    private int arenas;
    private int lives;

    @Override
    public String name() {
        return "system calls";
    }

    /** A call's name and number. */
    private record Moment(String call, int n) {}

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        if (!Tools.has("strace")) {
            score.skip("no strace");
            return;
        }
        SyscallTrace trace = watch(settings, verifier, score);
        SplittableRandom random = new SplittableRandom(settings.seed() + 3);
        int calls = 0;
        for (String call : trace.calls()) {
            List<Integer> ordinals = trace.ordinals(call);
            calls += ordinals.size();
            if (settings.quick()) {
                int any = ordinals.get(random.nextInt(ordinals.size()));
                kill(settings, new Moment(call, any), verifier, score);
                continue;
            }
            for (int i = 0; i < ordinals.size(); i += settings.scale().syscallStride()) {
                kill(settings, new Moment(call, ordinals.get(i)), verifier, score);
            }
            beyond(settings, call, Collections.max(ordinals) + 1, verifier, score);
        }
        score.note(calls + " calls, " + share(settings) + trace.calls());
        conclude(verifier, score);
    }

    private static String share(Settings settings) {
        int stride = settings.scale().syscallStride();
        return settings.quick() ? "one of each name: " : stride == 1 ? "each: " : "one in " + stride + ": ";
    }

    private SyscallTrace watch(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        Arena watched = Arena.make(settings, "syscalls-watched", false);
        Path log = watched.home().resolve("strace");
        Arena.Life life = watched.start(Arena.Start.PLAIN.most(RECORDS).under(SyscallTrace.watching(log)));
        int exitCode = life.child().exitCode();
        if (exitCode != 0) {
            score.fail("a run under strace: exit code " + exitCode + ": " + watched.lastOutput(life));
        }
        SyscallTrace trace = SyscallTrace.read(log, List.of(watched.data(), watched.slabs()));
        watched.conclude(verifier, score);
        return trace;
    }

    private void beyond(Settings settings, String call, int from, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        for (int n = from; n < from + MOST_BEYOND; n++) {
            if (!kill(settings, new Moment(call, n), verifier, score)) {
                return;
            }
        }
    }

    /** Whether it died of it. */
    private boolean kill(Settings settings, Moment moment, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        if (arena == null) {
            arena = Arena.make(settings, "syscalls-" + arenas++, false);
        }
        Path log = arena.home().resolve("strace-" + moment.call() + "-" + moment.n());
        Arena.Life life = arena.start(
                Arena.Start.PLAIN.most(RECORDS).under(SyscallTrace.killing(moment.call(), moment.n(), log)));
        int exitCode = life.child().exitCode();
        boolean killed = exitCode > 128;
        if (!killed && exitCode != 0) {
            score.fail(moment + ": exit code " + exitCode + ": " + arena.lastOutput(life));
        }
        score.run(killed);
        if (++lives % LIVES == 0) {
            conclude(verifier, score);
            settings.out()
                    .println("  " + score.runs() + " runs, " + score.kills() + " killed, " + score.lost() + " lost");
        }
        return killed;
    }

    private void conclude(Verifier verifier, Score score) throws IOException, InterruptedException, SQLException {
        if (arena != null) {
            arena.conclude(verifier, score);
            arena = null;
        }
    }
}
