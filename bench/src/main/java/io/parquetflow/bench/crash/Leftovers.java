package io.parquetflow.bench.crash;

import io.parquetflow.bench.crash.JournalBytes.Frame;
import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a dead process left is damaged before the next one looks at it: bits flip, ends are cut off, files lie there that
 * nobody understands. What was damaged may be missing; nothing else may, no row may be wrong, and nothing that is not
 * understood may go.
 *
 * <p>Not thread-safe.
 */
final class Leftovers implements Technique {
    private static final int KILLS_A_ROUND = 25;
    private static final long NO_ROTATION = 1L << 30;
    private static final int MOST_FLIPS = 5;
    private static final int LAST_FRAMES = 3;
    private static final int FOREIGN_BYTES = 5_000;

    /** What is done to them. */
    enum Harm {
        FLIPS,
        CUT,
        HEADER,
        FOREIGN,
        STALE_MEMORY
    }

    private final Set<Harm> harms;
    /** Whole files that the damage at hand makes unreadable, and that must therefore be there afterwards. */
    private final List<byte[]> mustStay = new ArrayList<>();

    private SplittableRandom random;

    Leftovers() {
        this(EnumSet.allOf(Harm.class));
    }

    Leftovers(Set<Harm> harms) {
        this.harms = harms;
    }

    /** Does damage to one dead writer's files; answers how many records it takes along. */
    @FunctionalInterface
    private interface Damage {
        long of(Arena arena) throws IOException;
    }

    @Override
    public String name() {
        return "damaged left-overs";
    }

    @Override
    public void run(Settings settings, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        random = new SplittableRandom(settings.seed() + 4);
        int rounds = settings.quick() ? 1 : Math.max(1, settings.kills() / KILLS_A_ROUND);
        for (int i = 0; i < rounds; i++) {
            for (Harm harm : harms) {
                String name = harm.name().toLowerCase(Locale.ROOT) + "-" + i;
                switch (harm) {
                    case FLIPS -> damaged(settings, name, this::flipFrames, verifier, score);
                    case CUT -> damaged(settings, name, this::cutEnd, verifier, score);
                    case HEADER -> damaged(settings, name, this::flipHeader, verifier, score);
                    case FOREIGN -> damaged(settings, name, arena -> 0, verifier, score);
                    case STALE_MEMORY -> staleMemory(settings, name, verifier, score);
                }
            }
            settings.out()
                    .println("  " + (i + 1) + " of " + rounds + " rounds, " + score.kills() + " kills, " + score.lost()
                            + " lost");
        }
    }

    private void damaged(Settings settings, String name, Damage damage, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        Arena arena = Arena.make(settings, "leftovers-" + name, false);
        Arena.Life life = arena.start(Arena.Start.PLAIN.rotatingAt(NO_ROTATION));
        life.child().await(Oracle.State.OPEN);
        life.child().letRun(settings.lifeNs() / 4 + random.nextLong(settings.lifeNs() / 4));
        boolean lived = life.child().isAlive();
        life.child().kill();
        score.run(lived);
        if (!lived) {
            score.fail("a child ended by itself: " + arena.lastOutput(life));
        }
        List<byte[]> foreign = plantForeign(arena);
        long mayMiss = damage.of(arena);
        List<byte[]> kept = new ArrayList<>(foreign);
        kept.addAll(mustStay);
        mustStay.clear();
        List<String> wrong = new ArrayList<>();
        String stuck = arena.recover();
        if (!stuck.isEmpty()) {
            wrong.add(name + ": " + stuck);
        }
        if (!areThere(arena, kept)) {
            wrong.add(name + ": a file that is not understood was deleted or changed");
        }
        arena.conclude(verifier, score, mayMiss, wrong);
    }

    /** Not in the last frame: there it would be a torn end, which is nobody's fault and leaves nothing. */
    private long flipFrames(Arena arena) throws IOException {
        JournalBytes journal = JournalBytes.read(last(arena));
        List<Frame> frames = records(journal);
        boolean[] hit = new boolean[frames.size()];
        for (int i = random.nextInt(MOST_FLIPS) + 1; i > 0 && frames.size() > 1; i--) {
            int n = random.nextInt(frames.size() - 1);
            hit[n] = true;
            Frame frame = frames.get(n);
            journal.flip(frame.at() + random.nextInt(frame.length()), random.nextInt(Byte.SIZE));
        }
        journal.write();
        mustStay.add(journal.all());
        long taken = 0;
        for (int n = 0; n < hit.length; n++) {
            taken += hit[n] ? frames.get(n).records() : 0;
        }
        return taken;
    }

    private long cutEnd(Arena arena) throws IOException {
        Path path = last(arena);
        List<Frame> frames = records(JournalBytes.read(path));
        int from = Math.max(0, frames.size() - 1 - random.nextInt(LAST_FRAMES));
        if (frames.isEmpty()) {
            return 0;
        }
        Frame first = frames.get(from);
        byte[] all = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(all, first.at() + random.nextInt(first.length())));
        return frames.subList(from, frames.size()).stream()
                .mapToLong(Frame::records)
                .sum();
    }

    private long flipHeader(Arena arena) throws IOException {
        JournalBytes journal = JournalBytes.read(last(arena));
        long taken = records(journal).stream().mapToLong(Frame::records).sum(); // a length that flips hides frames
        journal.flip(random.nextInt(journal.headerBytes()), random.nextInt(Byte.SIZE));
        journal.write();
        mustStay.add(journal.all());
        return taken;
    }

    private static Path last(Arena arena) throws IOException {
        List<Path> journals = JournalBytes.in(arena.data());
        List<Path> own = journals.stream()
                .filter(path -> !path.getFileName().toString().startsWith("zz"))
                .toList();
        return own.get(own.size() - 1);
    }

    private static List<Frame> records(JournalBytes journal) {
        return journal.frames().stream()
                .filter(frame -> frame.kind() == JournalBytes.RECORDS && frame.records() > 0)
                .toList();
    }

    /** Answers what each of them holds. */
    private List<byte[]> plantForeign(Arena arena) throws IOException {
        Path internal = arena.data().resolve(FlowDirectory.INTERNAL);
        JournalBytes newer = JournalBytes.read(last(arena));
        newer.makeNewer();
        List<byte[]> contents = new ArrayList<>();
        plant(internal.resolve("zzzzzzzzzzzza-000001.journal"), noise(), contents);
        plant(internal.resolve("zzzzzzzzzzzzb-000001.journal"), newer.all(), contents);
        plant(internal.resolve("zzzzzzzzzzzzc-000001.journal.bak"), noise(), contents);
        plant(internal.resolve("notes"), noise(), contents);
        plant(internal.resolve("crash-20260101T000000000Z-zzzzzzzzzzzzd-000001.parquet.inprogress"), noise(), contents);
        Path slab = arena.slabs().resolve("zzzzzzzzzzzze.slab");
        plant(slab, noise(), contents);
        Files.writeString(internal.resolve("zzzzzzzzzzzze.lock"), slab.toString(), StandardCharsets.UTF_8);
        return contents;
    }

    private static void plant(Path path, byte[] content, List<byte[]> contents) throws IOException {
        Files.write(path, content);
        contents.add(content);
    }

    private byte[] noise() {
        byte[] noise = new byte[FOREIGN_BYTES];
        random.nextBytes(noise);
        return noise;
    }

    private static boolean areThere(Arena arena, List<byte[]> contents) throws IOException {
        List<byte[]> found = new ArrayList<>();
        for (Path directory : List.of(arena.data().resolve(FlowDirectory.INTERNAL), arena.slabs())) {
            try (Stream<Path> all = Files.list(directory)) {
                for (Path path : all.filter(Files::isRegularFile).toList()) {
                    found.add(Files.readAllBytes(path));
                }
            }
        }
        return contents.stream().allMatch(wanted -> found.stream().anyMatch(is -> Arrays.equals(is, wanted)));
    }

    /** Two die young, one after the other: the second one's memory may be the first one's. */
    private static void staleMemory(Settings settings, String name, Verifier verifier, Score score)
            throws IOException, InterruptedException, SQLException {
        Arena arena = Arena.make(settings, "leftovers-" + name, false);
        for (int batches : new int[] {40, 1}) {
            Arena.Life life = arena.start(
                    Arena.Start.PLAIN.flag("-D" + CrashPoint.PROPERTY + "=journal.before-write:" + batches));
            int exitCode = life.child().exitCode();
            score.run(exitCode == CrashPoint.EXIT_CODE);
            if (exitCode != CrashPoint.EXIT_CODE) {
                score.fail(name + ": exit code " + exitCode + ": " + arena.lastOutput(life));
            }
        }
        arena.conclude(verifier, score);
    }
}
