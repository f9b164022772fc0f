package io.parquetflow.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal says is sealed, against a directory of open files. */
class SealedStateTest {
    private static final int STEPS = 300;

    @TempDir
    Path folder;

    @Test
    void aStateComesBackAsItWas() throws Exception {
        SealedState state =
                new SealedState("date=1/\u00e4.parquet", "\u00e4.parquet", 7, 6, 5, 4, 3, List.of(2L, 0L, 1L));
        assertThat(SealedState.of(new ByteArrayInputStream(state.toBytes()))).isEqualTo(state);
        assertThat(SealedState.of(new ByteArrayInputStream(SealedState.NONE.toBytes())))
                .isEqualTo(SealedState.NONE);
    }

    /** Killed at every step: what is sealed is what has its name, and the one in doubt is the one that has not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sealedIsWhatHasItsNameAtEachMoment(long seed) throws Exception {
        Random random = new Random(seed);
        Set<String> open = new HashSet<>();
        SealedState sealed = SealedState.NONE;
        SealedState announced = null;
        int number = 0;
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 1, 1);
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> Journals.append(journal, 1, 2);
                    case 2 -> journal.roll();
                    case 3 -> { // a segment is opened, if need be, and about to be sealed
                        if (announced == null) {
                            announced = Journals.state("segment-" + ++number, journal.endPosition());
                            open.add(announced.open());
                        }
                        journal.sealing(announced);
                    }
                    case 4 -> { // moved away, and goes on under its name
                        if (announced != null) {
                            journal.reopened(announced.open());
                            check(sealed, null, open);
                            announced = null;
                        }
                    }
                    default -> {
                        if (announced != null) {
                            open.remove(announced.open());
                            check(announced, null, open); // killed before the journal knows
                            sealed = announced;
                            announced = null;
                            journal.sealed(sealed);
                            for (Path path : journal.takeSealed(false)) {
                                Files.delete(path);
                                check(sealed, null, open); // killed between two deletions
                            }
                        }
                    }
                }
                check(sealed, announced, open);
            }
        }
    }

    private void check(SealedState sealed, SealedState unsealed, Set<String> open) throws Exception {
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            DeadJournal.Extent extent = dead.extent(state -> !open.contains(state.open()));
            assertThat(extent.sealed()).isEqualTo(sealed);
            assertThat(extent.unsealed()).isEqualTo(unsealed);
        }
    }

    /** Rejects of the segment in doubt are made again, and those of another one must not be deleted for it. */
    @Test
    void aSegmentInFrontOfWhatIsSealedIsNotInDoubt() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 1, 3);
            journal.sealing(Journals.state("one", 4));
            journal.sealed(Journals.state("two", 6));
            journal.roll();
        }
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            assertThat(dead.extent(state -> false).unsealed()).isNull();
        }
    }
}
