package io.parquetflow.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writer, cursor and deletions in any order, against a list: each record once, and none gone before it is sealed. */
class JournalPropertyTest {
    private static final int STEPS = 400;

    @TempDir
    Path folder;

    private Random random;
    private Journal journal;
    private final List<String> read = new ArrayList<>();
    private int seals;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theCursorGivesEachRecordOnceAndTheDeadJournalAllThatAreNotSealed(long seed) throws Exception {
        random = new Random(seed);
        journal = Journals.begin(folder);
        for (int i = 0; i < STEPS; i++) {
            step();
            if (i % 20 == 0) {
                checkDead();
            }
        }
        read.addAll(Journals.rest(journal.cursor()));
        assertThat(read).isEqualTo(Journals.linesTo(journal.endPosition()));
        checkDead();
        journal.close();
    }

    private void step() throws IOException {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> Journals.append(journal, 1 + random.nextInt(3), 1 + random.nextInt(5));
            case 3 -> appendWithoutReadingBack();
            case 4, 5 -> readSome();
            case 6 -> {
                journal.open();
                journal.roll();
            }
            case 7 -> failForce();
            case 8 -> seal();
            default -> takeAway();
        }
    }

    /** Only allowed at the end of the backlog. */
    private void appendWithoutReadingBack() throws IOException {
        read.addAll(Journals.rest(journal.cursor()));
        Journals.append(journal, 1, 2);
        long end = journal.endPosition();
        read.add(Journals.line(end - 2L * Journals.BLOCKS));
        read.add(Journals.line(end - Journals.BLOCKS));
        journal.skipLast();
    }

    private void readSome() throws IOException {
        RecordBatch batch = new RecordBatch(64);
        for (int i = random.nextInt(4); i > 0 && journal.cursor().next(batch); i--) {
            Journals.lines(batch, read);
        }
    }

    /** Frames come twice after it. */
    private void failForce() throws IOException {
        JournalForce force = journal.force();
        if (force != null && random.nextBoolean()) {
            journal.forceFailed(force);
        } else if (force != null) {
            force.run();
            journal.forced(force);
        }
    }

    /** Nothing is sealed that was not read back before. */
    private void seal() throws IOException {
        long end = (long) read.size() * Journals.BLOCKS;
        if (end <= journal.state().end()) {
            return;
        }
        SealedState next = Journals.state("segment-" + ++seals, end);
        journal.sealing(next);
        if (random.nextInt(4) == 0) {
            journal.reopened(next.open());
            return;
        }
        journal.sealed(next);
        for (Path path : journal.takeSealed(false)) {
            Files.delete(path);
        }
    }

    private void takeAway() throws IOException {
        List<Path> paths = journal.paths();
        if (!paths.isEmpty()) {
            Files.delete(paths.get(random.nextInt(paths.size())));
            assertThat(journal.restoreIfGone()).isEqualTo(1);
        }
    }

    private void checkDead() throws IOException {
        long sealed = journal.state().end();
        List<String> unsealed = new ArrayList<>();
        long next = sealed;
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            assertThat(dead.extent(state -> state.end() <= sealed).sealed().end())
                    .isEqualTo(sealed);
            assertThat(dead.missingBlocks()).isZero();
            for (String line : Journals.read(dead)) {
                long position = Long.parseLong(line.substring(0, line.indexOf(' ')));
                if (position >= next) {
                    unsealed.add(line);
                    next = position + 1;
                }
            }
        }
        List<String> all = Journals.linesTo(journal.endPosition());
        assertThat(unsealed).isEqualTo(all.subList((int) (sealed / Journals.BLOCKS), all.size()));
    }
}
