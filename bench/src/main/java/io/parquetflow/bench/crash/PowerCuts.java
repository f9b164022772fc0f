package io.parquetflow.bench.crash;

import io.parquetflow.bench.sink.Directories;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Cuts the power of the file system under a sink at random moments. With {@code durability=power}, what had left the
 * ring a sync interval before the cut must be there, and what is there has no holes. The other modes promise nothing of
 * records, so their losses are told and not held against them; rows twice or of other bytes are.
 *
 * <p>Not thread-safe.
 */
final class PowerCuts implements Technique {
    /** Default of {@code sync-interval}, and as much again for the force itself, where the device is not slow. */
    private static final long WINDOW_NS = 200_000_000;

    /** Every other run never seals, so that it is the journal's force that counts. */
    private static final long NO_ROTATION = 1L << 30;

    private static final long LOOK_NS = 2_000_000;

    private static final List<Long> NOTHING = Collections.nCopies(Oracle.MOST_PRODUCERS, 0L);

    private final String type;
    private long owedInAll;
    private long late;
    private int lateCuts;

    PowerCuts(String type) {
        this.type = type;
    }

    @Override
    public String name() {
        return "power cuts, " + type;
    }

    /** What had left the ring, what was on the device, and when that was so. */
    private record Look(long timeNs, List<Long> drained, List<Long> durable) {}

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        String obstacle = LoopDisk.obstacle(type);
        if (!obstacle.isEmpty()) {
            score.skip(obstacle);
            return;
        }
        SplittableRandom random = new SplittableRandom(settings.seed() + 2);
        int cuts = settings.scale().powerCuts();
        long missing = 0;
        long unreadable = 0;
        for (int i = 0; i < cuts; i++) {
            Verdict verdict = cut(settings, i, random, verifier, score);
            missing += verdict.accepted() - Math.min(verdict.accepted(), verdict.rows());
            unreadable += verdict.unreadable().size();
            settings.out().println("  " + (i + 1) + " of " + cuts + " cuts, " + verdict);
        }
        score.note(missing + " accepted records missing"
                + (settings.durability() == Durability.POWER
                        ? " in all, " + owedInAll + " were said to be durable and are there unless lost; in " + lateCuts
                                + " of the cuts, records that had left the ring 200 ms before were not: " + late
                        : ", " + unreadable + " files not whole: not promised with durability="
                                + settings.durability().name().toLowerCase(Locale.ROOT)));
    }

    private Verdict cut(Settings settings, int number, SplittableRandom random, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        String name = "power-" + type + "-" + number;
        boolean failed = true;
        try (LoopDisk disk =
                LoopDisk.make(type, Files.createDirectories(settings.home().resolve(name)))) {
            Arena arena = Arena.on(settings, name, disk.root().resolve("data"));
            try {
                Arena.Life life =
                        arena.start(number % 2 == 0 ? Arena.Start.PLAIN.rotatingAt(NO_ROTATION) : Arena.Start.PLAIN);
                life.child().await(Oracle.State.OPEN);
                List<Long> owed = owedAfter(life, WINDOW_NS + random.nextLong(settings.lifeNs()));
                owedInAll += owed.stream().mapToLong(count -> count).sum();
                disk.cut();
                life.child().kill();
                score.run(true);
                // The machine's memory is gone as well.
                if (Files.exists(arena.slabs())) { // none without durability
                    Directories.delete(arena.slabs());
                }
                disk.powerUp();
                String stuck = arena.recover();
                if (!stuck.isEmpty()) {
                    score.fail(name + ": " + stuck);
                }
                boolean promised = settings.durability() == Durability.POWER;
                Verdict verdict = arena.judge(verifier, p -> p.owing(promised ? owedOf(p, owed) : NOTHING));
                Verdict counted = promised ? verdict : verdict.withoutLosses();
                score.add(counted);
                failed = !stuck.isEmpty() || !counted.isClean();
                return verdict;
            } finally {
                arena.endAll();
            }
        } finally {
            if (failed && settings.keep()) {
                settings.out().println("  kept: " + settings.home().resolve(name) + ", image and all");
            } else {
                Directories.delete(settings.home().resolve(name));
            }
        }
    }

    /** Only the first life has producers. */
    private static List<Long> owedOf(Promise promise, List<Long> owed) {
        return promise.generation() == 0 ? owed : promise.owed();
    }

    /** Lets it run for so long. Answers what no cut may take from here on. */
    private List<Long> owedAfter(Arena.Life life, long nanos) throws InterruptedException {
        Deque<Look> looks = new ArrayDeque<>();
        looks.add(new Look(System.nanoTime(), NOTHING, NOTHING));
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            // Read first, timed afterwards: what was drained then, was drained before that time.
            List<Long> drained = life.oracle().drained();
            List<Long> durable = life.oracle().durable();
            looks.add(new Look(System.nanoTime(), drained, durable));
            life.child().letRun(LOOK_NS);
        }
        List<Long> durable = looks.peekLast().durable();
        List<Long> expected = NOTHING;
        for (Look look : looks) {
            if (look.timeNs() < System.nanoTime() - WINDOW_NS) {
                expected = look.drained();
            }
        }
        long missing = 0;
        for (int p = 0; p < durable.size(); p++) {
            missing += Math.max(0, expected.get(p) - durable.get(p));
        }
        late += missing;
        lateCuts += missing > 0 ? 1 : 0;
        return durable;
    }
}
