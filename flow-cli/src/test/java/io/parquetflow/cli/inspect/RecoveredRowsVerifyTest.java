package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that also hold what a dead writer left: every third row is that one's. */
class RecoveredRowsVerifyTest {
    private static final String DEAD = "zzzzzzzzzzzzz";
    private static final int DEAD_ROWS = 100;

    @TempDir
    Path directory;

    /** 300 rows in two row groups: 200 of the segment's own writer, and 100 of the dead one from a number on. */
    private static SampleSegments joined(long deadFirst) {
        SampleSegments segment = new SampleSegments();
        segment.rowWriter = index -> index % 3 == 0 ? DEAD : segment.writer;
        segment.seq = index -> index % 3 == 0 ? deadFirst + index / 3 : index - index / 3 - 1;
        segment.lost = index -> index == 3 ? 7 : 0; // the dead one's
        segment.keys.put("flow.last_seq", "199");
        segment.keys.put("flow.accepted_total", "200");
        segment.keys.put("flow.recovered", DEAD + ":" + deadFirst + "-" + (deadFirst + DEAD_ROWS - 1));
        return segment;
    }

    private static SampleSegments ofTheDead(int rows) {
        SampleSegments segment = new SampleSegments();
        segment.writer = DEAD;
        segment.rows = rows;
        segment.cleanClose = false;
        return segment;
    }

    private CommandRun verify() {
        return CommandRun.of("verify", directory);
    }

    @Test
    void rowsOfADeadWriterGoOnWhereItsOwnSegmentsEnd() throws Exception {
        ofTheDead(60).write(directory);
        joined(60).write(directory);

        CommandRun run = verify();
        assertThat(run.out()).contains("ok: 2 segments, 360 rows").doesNotContain("error", "note");
        assertThat(run.code()).isZero();
    }

    @Test
    void aHoleAndRowsThatComeTwiceAreSeen() throws Exception {
        ofTheDead(60).write(directory);
        joined(62).write(directory);
        assertThat(verify().out()).contains("writer " + DEAD + ": sequence has a hole of 2: ");

        ofTheDead(70).write(directory);
        assertThat(verify().out()).contains("writer " + DEAD + ": rows twice or out of order: ");
        assertThat(verify().code()).isEqualTo(1);
    }

    @Test
    void twoSegmentsThatHoldTheSameRowsAreSeen() throws Exception {
        joined(0).write(directory);
        SampleSegments again = joined(50);
        again.number = 2;
        again.writer = "aaaaaaaaaaaaa";
        again.write(directory);
        assertThat(verify().out()).contains("writer " + DEAD + ": rows twice or out of order: ");
    }

    @Test
    void theFooterMustSayWhatIsThere() throws Exception {
        SampleSegments silent = joined(0);
        silent.keys.remove("flow.recovered");
        Path file = silent.write(directory);
        assertThat(CommandRun.of("verify", file).out()).contains("rows of another writer");

        assertSaid(DEAD + ":0-98", "flow.recovered=" + DEAD + ":0-98 but the data has 0-99");
        assertSaid(DEAD + ":0-99,bbbbbbbbbbbbb:0-1", "bbbbbbbbbbbbb:0-1 but there are no rows of that writer");
        assertSaid("bbbbbbbbbbbbb:0-99", "rows of a writer that flow.recovered does not name: " + DEAD);
        assertSaid(DEAD + ":0-99," + DEAD + ":0-99", "a writer once: " + DEAD);
        assertSaid("all of them", "flow.recovered is not <writer>:<first>-<last>");
    }

    private void assertSaid(String claim, String finding) throws Exception {
        SampleSegments segment = joined(0);
        segment.keys.put("flow.recovered", claim);
        CommandRun run = CommandRun.of("verify", segment.write(directory));
        assertThat(run.out()).contains(finding).doesNotContain("unexpected");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void aHoleWithinTheRowsOfADeadWriterIsSeen() throws Exception {
        SampleSegments segment = joined(0);
        segment.seq = index -> index % 3 == 0 ? index / 3 + (index == 150 ? 1 : 0) : index - index / 3 - 1;
        assertThat(CommandRun.of("verify", segment.write(directory)).out())
                .contains("sequence of writer " + DEAD + " is broken: row 50 has seq=51 after 49");
    }
}
