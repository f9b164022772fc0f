package io.parquetflow.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.testing.FailingChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended is there, whatever the device does in between. */
class JournalTest {
    @TempDir
    Path folder;

    /** Whose channels fail when they are told to. */
    private static final class FailingMaker extends Journals.Maker {
        private final List<FailingChannel> made = new ArrayList<>();

        @Override
        public FileChannel make(Path path) throws IOException {
            made.add(new FailingChannel(super.make(path)));
            return made.get(made.size() - 1);
        }
    }

    private Path file(int number) {
        return folder.resolve(JournalFile.name(Journals.WRITER, number));
    }

    @Test
    void noFileIsMadeBeforeThereIsSomethingToSay() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            assertThat(folder).isEmptyDirectory();
            assertThat(journal.backlogBytes()).isZero();
            Journals.append(journal, 1, 1);
            assertThat(journal.paths()).containsExactly(file(1));
        }
        assertThat(Journals.dead(folder).lines()).isEqualTo(Journals.linesTo(2));
    }

    @Test
    void eachFileSaysWhatIsSealedAndNamesAllStreams() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 2, 3);
            journal.sealing(Journals.state("one", 6));
            journal.sealed(Journals.state("one", 6));
            journal.roll();
            Journals.append(journal, 1, 1);
        }
        Files.delete(file(1));
        var names = new TreeMap<Integer, String>();
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            dead.walk(batch -> {
                while (batch.next()) {
                    if (batch.isName()) {
                        byte[] name = new byte[batch.length()];
                        batch.memory().get(batch.payloadAt(), name);
                        names.put(batch.stream(), new String(name, StandardCharsets.UTF_8));
                    }
                }
            });
            assertThat(dead.extent(state -> false).sealed()).isEqualTo(Journals.state("one", 6));
            assertThat(dead.header().get("sink")).isEqualTo("test");
            assertThat(dead.lastNumber()).isEqualTo(2);
        }
        assertThat(names.toString()).isEqualTo("{0=main}");
    }

    @Test
    void aFileIsNotMuchLongerThanItMayBe() throws Exception {
        byte[] large = new byte[9 << 20];
        try (Journal journal = Journals.begin(folder)) {
            for (int i = 0; i < 9; i++) {
                journal.append(Journals.batch(i * 2L, large));
            }
            assertThat(journal.paths()).containsExactly(file(1), file(2));
        }
        assertThat(Files.size(file(1))).isBetween(Journal.FILE_BYTES, Journal.FILE_BYTES + large.length);
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            assertThat(dead.extent(state -> false).end()).isEqualTo(18);
            assertThat(dead.damagedBytes()).isZero();
        }
    }

    /** A seal that takes its time must not cost a descriptor for each quarter of a segment: there are not so many. */
    @Test
    void whereVeryManyFilesWaitTheNextAreLonger() throws Exception {
        byte[] large = new byte[256 << 10]; // the least a file holds
        int frames = 32 + 32 * 2 + 4;
        try (Journal journal = Journals.begin(folder)) {
            journal.feeds(1);
            for (int i = 0; i < frames; i++) {
                journal.append(Journals.batch(i * 2L, large));
            }
            assertThat(journal.fileCount()).isEqualTo(32 + 32 + 1);
            assertThat(journal.backlogBytes()).isGreaterThan((long) frames * large.length);
        }
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            assertThat(dead.extent(state -> false).end()).isEqualTo(frames * 2L);
        }
    }

    @Test
    void shortWritesAreGoneOnWith() throws Exception {
        FailingMaker maker = new FailingMaker();
        try (Journal journal = Journals.begin(folder, Journals.WRITER, maker)) {
            journal.open();
            maker.made.get(0).mostBytes(7);
            Journals.append(journal, 3, 3);
            assertThat(Journals.rest(journal.cursor())).isEqualTo(Journals.linesTo(18));
        }
        assertThat(Journals.dead(folder).lines()).isEqualTo(Journals.linesTo(18));
    }

    @Test
    void aWriteThatFailsHalfwayIsCutBackAndTriedAgainInTheSameFile() throws Exception {
        FailingMaker maker = new FailingMaker();
        try (Journal journal = Journals.begin(folder, Journals.WRITER, maker)) {
            Journals.append(journal, 1, 3);
            long good = Files.size(file(1));
            maker.made.get(0).mostBytes(10).failAfterBytes(35);
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> Journals.append(journal, 1, 3))
                        .withMessage(FailingChannel.MESSAGE);
                assertThat(Files.size(file(1))).isEqualTo(good);
                assertThat(journal.endPosition()).isEqualTo(6);
            }
            maker.made.get(0).heal();
            Journals.append(journal, 1, 3);
            assertThat(journal.paths()).containsExactly(file(1));
            assertThat(Journals.rest(journal.cursor())).isEqualTo(Journals.linesTo(12));
        }
        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.lines()).isEqualTo(Journals.linesTo(12));
        assertThat(dead.journal().damagedBytes()).isZero();
    }

    @Test
    void whereItCannotBeCutBackAnotherFileGoesOn() throws Exception {
        FailingMaker maker = new FailingMaker();
        try (Journal journal = Journals.begin(folder, Journals.WRITER, maker)) {
            Journals.append(journal, 1, 3);
            long good = Files.size(file(1));
            maker.made.get(0).mostBytes(10).failAfterBytes(35).refuseTruncate();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> Journals.append(journal, 1, 3));
            assertThat(Files.size(file(1))).isGreaterThan(good);
            Journals.append(journal, 1, 3);
            assertThat(journal.paths()).containsExactly(file(1), file(2));
            assertThat(Journals.rest(journal.cursor())).isEqualTo(Journals.linesTo(12));
        }
        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.lines()).isEqualTo(Journals.linesTo(12));
        assertThat(dead.journal().damaged()).isEmpty();
    }

    @Test
    void aFileThatCannotBeBegunLeavesNothingBehind() throws Exception {
        JournalFiles refusing = new Journals.Maker() {
            @Override
            public FileChannel make(Path path) throws IOException {
                return new FailingChannel(super.make(path)).failAfterBytes(30);
            }
        };
        try (Journal journal = Journals.begin(folder, Journals.WRITER, refusing)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> Journals.append(journal, 1, 1));
            assertThat(folder).isEmptyDirectory();
            assertThat(journal.endPosition()).isZero();
        }
    }

    /** The kernel forgets pages that it could not write: what was not forced must be written again, elsewhere. */
    @Test
    void afterAForceThatFailedTheSameFileIsNeverForcedAgain() throws Exception {
        FailingMaker maker = new FailingMaker();
        try (Journal journal = Journals.begin(folder, Journals.WRITER, maker)) {
            Journals.append(journal, 2, 3);
            journal.forceAll();
            assertThat(journal.durablePosition()).isEqualTo(12);
            Journals.append(journal, 2, 3);
            maker.made.get(0).refuseForce();
            JournalForce force = journal.force();
            assertThatExceptionOfType(IOException.class).isThrownBy(force::run);
            int forced = maker.made.get(0).forces();
            journal.forceFailed(force);
            assertThat(journal.durablePosition()).isEqualTo(12);
            Journals.append(journal, 1, 3);
            journal.forceAll();
            assertThat(journal.durablePosition()).isEqualTo(30);
            assertThat(maker.made.get(0).forces()).isEqualTo(forced);
            assertThat(maker.made.get(1).forces()).isEqualTo(1);
            assertThat(journal.force()).isNull();
            assertThat(Journals.rest(journal.cursor())).isEqualTo(Journals.linesTo(30));
        }
        // What the device has for sure: the first file up to the force that went well, and the second.
        try (FileChannel first = FileChannel.open(file(1), java.nio.file.StandardOpenOption.WRITE)) {
            first.truncate(maker.made.get(0).forcedBytes());
        }
        assertThat(Journals.dead(folder).lines()).isEqualTo(Journals.linesTo(30));
    }

    @Test
    void durableIsOnlyWhatWasThereWhenTheForceBegan() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            assertThat(journal.force()).isNull();
            Journals.append(journal, 1, 3);
            JournalForce force = journal.force();
            Journals.append(journal, 1, 3);
            force.run();
            journal.forced(force);
            assertThat(journal.durablePosition()).isEqualTo(6);
            assertThat(journal.force()).isNotNull();
        }
    }

    @Test
    void filesThatSomebodyTookAwayAreWrittenAgain() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 4, 3);
            journal.roll();
            Journals.append(journal, 4, 3);
            assertThat(journal.restoreIfGone()).isZero();
            Files.delete(file(1));
            Files.move(file(2), folder.resolve("elsewhere"));
            assertThat(journal.restoreIfGone()).isEqualTo(2);
            Files.delete(folder.resolve("elsewhere"));
            Journals.append(journal, 1, 3);
            assertThat(Journals.rest(journal.cursor())).isEqualTo(Journals.linesTo(54));
            assertThat(journal.force()).as("the copies are on no device yet").isNotNull();
        }
        assertThat(Journals.dead(folder).lines()).isEqualTo(Journals.linesTo(54));
    }

    @Test
    void sealedFilesAreGivenAwayTheOldestFirstAndTheNewestNever() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            for (int i = 0; i < 4; i++) {
                Journals.append(journal, 2, 3); // to 12, 24, 36, 48
                if (i < 3) {
                    journal.roll();
                }
            }
            assertThat(journal.takeSealed(false)).isEmpty();
            journal.sealed(Journals.state("one", 11));
            assertThat(journal.takeSealed(false)).isEmpty();
            journal.sealed(Journals.state("two", 24));
            assertThat(journal.takeSealed(false)).containsExactly(file(1), file(2));
            journal.sealed(Journals.state("three", 48));
            assertThat(journal.takeSealed(false)).containsExactly(file(3));
            assertThat(journal.takeSealed(false)).isEmpty();
            assertThat(journal.paths()).containsExactly(file(4));
        }
    }

    @Test
    void aLongFileThatIsAllSealedMakesRoomForAShortOne() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            journal.append(Journals.batch(0, new byte[17 << 20]));
            journal.skipLast();
            journal.sealed(Journals.state("one", 2));
            assertThat(journal.takeSealed(false)).containsExactly(file(1));
            Files.delete(file(1));
            Journals.append(journal, 1, 3);
            assertThat(Journals.rest(journal.cursor())).hasSize(3);
        }
        assertThat(Journals.dead(folder).extent().sealed()).isEqualTo(Journals.state("one", 2));
    }

    @Test
    void theBatchThatWasAppendedLastNeedNotBeReadBack() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 1, 3);
            journal.skipLast();
            assertThat(journal.backlogBytes()).isZero();
            assertThat(Journals.rest(journal.cursor())).isEmpty();
            Journals.append(journal, 1, 1);
            assertThat(journal.backlogBytes()).isPositive();
            assertThat(Journals.rest(journal.cursor())).containsExactly(Journals.line(6));
            assertThat(journal.backlogBytes()).isZero();
        }
    }

    /** A file of a crashed recovery goes behind those that are there. */
    @Test
    void aDeadWritersJournalIsGoneOnWithInAFileOfItsOwn() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 2, 3);
        }
        try (Journal more = new Journal(
                folder,
                Journals.header(Journals.WRITER),
                new Journals.Maker(),
                to -> {},
                Journals.state("one", 6),
                1)) {
            more.drops(new long[][] {{1, 2}, {3, 4}});
            more.append(Journals.batch(12, Journals.payload(12)));
        }
        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.lines()).isEqualTo(Journals.linesTo(14));
        assertThat(dead.extent().sealed().end()).isEqualTo(6);
        assertThat(dead.extent().end()).isEqualTo(14);
        assertThat(dead.extent().drops()).hasToString("[[1, 2], [3, 4]]");
    }
}
