package io.parquetflow;

import static io.parquetflow.testing.LeftOverChild.DROPS_IN_TAIL;
import static io.parquetflow.testing.LeftOverChild.DROPS_TOLD;
import static io.parquetflow.testing.LeftOverChild.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Durability;
import io.parquetflow.testing.ChildJvm;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.LeftOverChild;
import io.parquetflow.testing.LeftOvers;
import io.parquetflow.testing.RecoveryChild;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dead writers leave, in every shape, and what the next start makes of it. */
class RecoveryTest {
    private static final int THIRD = 100;
    private static final int PATIENCE_MS = 10_000;

    @TempDir
    static Path templates;

    private static final Map<String, Path> MADE = new HashMap<>();

    @TempDir
    Path folder;

    private LeftOvers left;
    private int copies;

    @BeforeAll
    static void makeLeftOvers() throws Exception {
        for (String form : List.of("raw", "rows", "decoder")) {
            MADE.put(form, LeftOvers.make(templates, form, THIRD));
        }
    }

    @BeforeEach
    void takeRaw() throws Exception {
        take("raw");
    }

    private void take(String form) throws IOException {
        left = LeftOvers.copy(MADE.get(form), folder.resolve(form + "-" + ++copies));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> decoded(int from, int to, boolean rejects) {
        return numbers(from, to).stream()
                .filter(n -> (Integer.parseInt(n) % 10 == REJECTED) == rejects)
                .toList();
    }

    /** Nothing but the given files is left in {@code _flow}, and no slab. */
    private void assertClean(String... but) throws IOException {
        assertThat(left.internal(""))
                .extracting(p -> p.getFileName().toString())
                .containsExactlyInAnyOrder(but);
    }

    @Test
    void allIsRecoveredInOrderWithTheWritersOwnSequenceAndNothingIsLeft() throws Exception {
        String writer = left.writer();
        SinkStats stats = left.recover("raw");
        assertThat(stats.recovered()).isEqualTo(2 * THIRD);
        assertThat(stats.setAside()).isZero();
        assertThat(left.texts("payload")).isEqualTo(numbers(0, 3 * THIRD));
        long next = 0;
        for (Group row : Segments.allRows(left.data())) {
            assertThat(row.getLong("seq", 0)).isEqualTo(next);
            assertThat(row.getLong("ts_ns", 0)).isEqualTo(1_000 + next);
            assertThat(row.getLong("source_ts_ns", 0)).isEqualTo(next);
            assertThat(row.getString("writer", 0)).isEqualTo(writer);
            boolean other = next >= 2 * THIRD || (next >= THIRD && next % 2 == 1);
            assertThat(row.getString("stream", 0)).isEqualTo(other ? LeftOverChild.OTHER_STREAM : LeftOverChild.SINK);
            next++;
        }
        assertClean();
        assertThat(left.slabs()).isEmptyDirectory();
    }

    @Test
    void dropsAreAccountedForAcrossTheDeath() throws Exception {
        // without durability rows of the dead do not join the sink's own segment, which is a matter of who comes first
        assertThat(LeftOvers.close(left.sink("raw").durability(Durability.OFF).build())
                        .recovered())
                .isEqualTo(2 * THIRD);
        List<Path> segments = Segments.in(left.data());
        long lost = 0;
        for (Group row : Segments.allRows(left.data())) {
            lost += row.getLong("lost", 0);
        }
        var keys = Segments.footer(segments.get(segments.size() - 1))
                .getFileMetaData()
                .getKeyValueMetaData();
        assertThat(lost).isEqualTo(DROPS_TOLD);
        assertThat(keys).containsEntry("flow.lost_tail", Integer.toString(DROPS_IN_TAIL));
        assertThat(keys).containsEntry("flow.clean_close", "false");
        assertThat(keys.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("flow.dropped_total."))
                        .mapToLong(e -> Long.parseLong(e.getValue()))
                        .sum())
                .isEqualTo(DROPS_TOLD + DROPS_IN_TAIL);
    }

    @Test
    void aSecondStartFindsNothing() throws Exception {
        left.recover("raw");
        SinkStats again = left.recover("raw");
        assertThat(again.recovered()).isZero();
        assertThat(left.texts("payload")).hasSize(3 * THIRD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "decoder", "rows"})
    void rowsAreRecoveredAsRowsWhateverTheSinkIsFor(String recoverer) throws Exception {
        take("rows");
        assertThat(left.recover(recoverer).recovered()).isEqualTo(2 * THIRD);
        assertThat(left.texts("text")).isEqualTo(numbers(0, 3 * THIRD));
        assertClean();
    }

    @Test
    void payloadsAreDecodedByTheSameDecoderAndRejectedOnce() throws Exception {
        take("decoder");
        assertThat(left.recover("decoder").recovered()).isEqualTo(2 * THIRD);
        assertThat(left.texts("text")).isEqualTo(decoded(0, 3 * THIRD, false));
        assertThat(left.payloadsIn("_rejects")).isEqualTo(decoded(0, 3 * THIRD, true));
        assertThat(left.payloadsIn("_recovered")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "rows"})
    void payloadsWithoutTheirDecoderAreKeptAsTheyAre(String recoverer) throws Exception {
        take("decoder");
        assertThat(left.recover(recoverer).recovered()).isEqualTo(2 * THIRD);
        assertThat(left.texts("text")).isEqualTo(decoded(0, THIRD, false));
        assertThat(left.payloadsIn("_recovered")).isEqualTo(numbers(THIRD, 3 * THIRD));
        assertThat(left.said()).anyMatch(line -> line.contains("kept as they are"));
        assertClean();
    }

    /** The decoder comes with the sink of its name; another one leaves its payloads to it. */
    @Test
    void aSinkOfAnotherNameLeavesWhatIsToBeDecoded() throws Exception {
        take("decoder");
        assertThat(LeftOvers.close(left.sink("raw").name("another").build()).recovered())
                .isZero();
        assertThat(left.journals()).isNotEmpty();
        assertThat(left.recover("decoder").recovered()).isEqualTo(2 * THIRD);
    }

    @Test
    void withoutTheSlabTheJournalIsRecovered() throws Exception {
        Files.delete(left.slab());
        assertThat(left.recover("raw").recovered()).isEqualTo(THIRD);
        assertThat(left.texts("payload")).isEqualTo(numbers(0, 2 * THIRD));
        assertThat(left.said()).anyMatch(line -> line.contains("the slab is gone"));
        assertClean();
    }

    /** Open segments are the only place left where records of a lost journal may be. */
    @ParameterizedTest
    @ValueSource(strings = {"raw", "decoder"})
    void withoutTheJournalTheSlabIsRecoveredAndTheOpenSegmentKept(String form) throws Exception {
        take(form);
        for (Path journal : left.journals()) {
            Files.delete(journal);
        }
        SinkStats stats = left.recover("raw");
        assertThat(stats.recovered()).isEqualTo(THIRD);
        assertThat(stats.setAside()).isEqualTo(1);
        assertThat(left.said()).anyMatch(line -> line.contains("records are missing in the journal"));
        assertThat(left.internal(".unsealed")).singleElement().asString().contains(left.writer());
        List<String> slab = numbers(2 * THIRD, 3 * THIRD);
        if (form.equals("raw")) { // the sink of this name is raw as well
            assertThat(left.texts("payload")).endsWith(slab.toArray(String[]::new));
            assertThat(left.payloadsIn("_recovered")).isEmpty();
        }
    }

    @Test
    void aJournalCutShortIsRecoveredUpToItsLastWholeFrame() throws Exception {
        Path journal = left.journals().get(0);
        Files.delete(left.slab());
        try (var channel = java.nio.channels.FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        SinkStats stats = left.recover("raw");
        List<String> texts = left.texts("payload");
        assertThat(stats.recovered()).isLessThan(THIRD);
        assertThat(texts).isEqualTo(numbers(0, THIRD + (int) stats.recovered()));
        assertThat(stats.setAside()).isZero();
    }

    /** Whichever thread makes rows of it: the writer thread, where there is time before the close. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedFrameCostsItselfAndTheFileIsKept(boolean isTaken) throws Exception {
        Path journal = left.journals().get(0);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[payload(bytes, THIRD + 1)] ^= 1;
        Files.write(journal, bytes);
        LogSink sink = left.sink("raw").build();
        for (int i = 0; isTaken && sink.stats().recovered() == 0 && i < PATIENCE_MS; i++) {
            Thread.sleep(1);
        }
        SinkStats stats = LeftOvers.close(sink);
        assertThat(stats.setAside()).isEqualTo(2);
        assertThat(left.internal(".corrupt")).singleElement().satisfies(p -> assertThat(Files.readAllBytes(p))
                .isEqualTo(bytes));
        assertThat(left.internal(".unsealed")).hasSize(1);
        List<String> texts = left.texts("payload");
        assertThat(numbers(0, 3 * THIRD)).containsAll(texts);
        assertThat(texts).doesNotHaveDuplicates().hasSizeLessThan(3 * THIRD).hasSizeGreaterThan(2 * THIRD - 1);
        assertThat(left.said()).anyMatch(line -> line.contains("a journal file was damaged"));
    }

    /** Where a journal has this number as a payload: not within a segment's name, whose time of day may hold it as well. */
    private static int payload(byte[] journal, int number) {
        Matcher at = Pattern.compile("(?<![0-9A-Za-z])" + number + "(?![0-9A-Za-z])")
                .matcher(new String(journal, StandardCharsets.ISO_8859_1));
        assertThat(at.find(2_000)).isTrue();
        return at.start();
    }

    @Test
    void aNewerJournalAndForeignFilesAreSetAsideWithANameAndCounted() throws Exception {
        Path journal = left.journals().get(0);
        byte[] newer = Files.readAllBytes(journal);
        newer[8] = 2;
        Files.write(journal, newer);
        Path foreign = left.data().resolve("_flow/bbbbbbbbbbbbb-000001.journal");
        Files.writeString(foreign, "somebody's diary");
        Path lock = Files.writeString(left.data().resolve("_flow/notes[.lock"), "not of ours");
        SinkStats stats = left.recover("raw");
        assertThat(stats.setAside()).isEqualTo(3);
        assertThat(Files.readAllBytes(Path.of(journal + ".unknown"))).isEqualTo(newer);
        assertThat(Path.of(foreign + ".unknown")).hasContent("somebody's diary");
        assertThat(lock).hasContent("not of ours");
        assertThat(left.internal(".unsealed")).hasSize(1);
        assertThat(left.said()).anyMatch(line -> line.contains("version 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign", "size", "newer", "zeros"})
    void aSlabThatIsNotUnderstoodIsSetAsideAndTheJournalRecovered(String shape) throws Exception {
        Path slab = left.slab();
        byte[] bytes = Files.readAllBytes(slab);
        switch (shape) {
            case "foreign" -> bytes = "no slab at all".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case "size" -> bytes = Arrays.copyOf(bytes, bytes.length - 4096);
            case "newer" -> bytes[8] = 2;
            default -> Arrays.fill(bytes, (byte) 0);
        }
        Files.write(slab, bytes);
        SinkStats stats = left.recover("raw");
        assertThat(stats.recovered()).isEqualTo(THIRD);
        assertThat(left.texts("payload")).isEqualTo(numbers(0, 2 * THIRD));
        if (shape.equals("zeros")) { // its writer died before it was one
            assertThat(stats.setAside()).isZero();
            assertThat(slab).doesNotExist();
        } else {
            assertThat(stats.setAside()).isEqualTo(1);
            assertThat(Files.readAllBytes(Path.of(slab + ".unknown"))).isEqualTo(bytes);
        }
        assertClean();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\0\0",
                "relative",
                "/",
                "/etc/hostname",
                "\u00e4 [*] \n",
                "/dev/shm/parquet-flow-0/ccccccccccccc.slab"
            })
    void aDamagedNoteCostsTheRingAndNothingElse(String note) throws Exception {
        left.note(note);
        assertThat(left.recover("raw").recovered()).isEqualTo(THIRD);
        assertThat(left.texts("payload")).isEqualTo(numbers(0, 2 * THIRD));
        assertThat(left.slab()).exists();
        assertClean();
    }

    /** Whoever wants to adopt a lock writes behind its note first, and may be killed there. */
    @Test
    void aProbeBehindTheNoteDoesNotHideTheSlab() throws Exception {
        left.note(left.slab() + "\0probe");
        assertThat(left.recover("raw").recovered()).isEqualTo(2 * THIRD);
    }

    /** A copy of a directory names the slab of a writer that may live, and must not take it away. */
    @Test
    void aCopyOfADirectoryLeavesTheSlabToTheOriginal() throws Exception {
        try (ChildJvm original = ChildJvm.start(
                RecoveryChild.class,
                folder.resolve("original").toString(),
                folder.resolve("slabs").toString(),
                "live")) {
            assertThat(original.hear()).isEqualTo("recorded");
            LeftOvers copy = LeftOvers.copyAsIs(folder.resolve("original"), folder.resolve("copy/data"));
            String note = Files.readString(copy.lock()).replace("\0", "");
            SinkStats stats = copy.recover("raw");
            assertThat(stats.recovered()).isEqualTo(10);
            assertThat(Path.of(note)).exists();
            assertThat(copy.said()).anyMatch(line -> line.contains("of which this is a copy"));
        }
    }

    @Test
    void ofTwoRecoverersOneRecovers() throws Exception {
        try (ChildJvm one = child();
                ChildJvm two = child()) {
            assertThat(one.hear()).isEqualTo("ready");
            assertThat(two.hear()).isEqualTo("ready");
            one.say("go");
            two.say("go");
            List<String> recovered = new ArrayList<>(List.of(one.hear(), two.hear()));
            recovered.sort(null);
            assertThat(recovered).containsExactly("0", Integer.toString(2 * THIRD));
        }
        assertThat(left.texts("payload")).isEqualTo(numbers(0, 3 * THIRD));
    }

    private ChildJvm child() throws IOException {
        return ChildJvm.start(
                RecoveryChild.class,
                left.data().toString(),
                folder.resolve("new").toString(),
                "raw");
    }

    /** Each kill is just another one, wherever it is; what is done is not done again. */
    @ParameterizedTest
    @ValueSource(strings = {"raw", "decoder"})
    void killedAtEachPlaceOfARecoveryInTurnTheResultIsTheSame(String form) throws Exception {
        take(form);
        for (String point : List.of(
                "recovery.begin",
                "recovery.after-salvage",
                "recovery.after-slab-deleted",
                "recovery.before-seal",
                "seal.after-sealing-frame",
                "recovery.after-seal",
                "recovery.between-deletes",
                "recovery.end")) {
            List<String> command = new ArrayList<>(Children.java(
                    System.getProperty("java.class.path"),
                    RecoveryChild.class,
                    left.data().toString(),
                    folder.resolve("new").toString(),
                    form,
                    "at-once"));
            command.add(1, "-Dparquetflow.crash-point=" + point);
            assertThat(Children.run(command).exit()).as(point).isEqualTo(137);
        }
        left.recover(form);
        if (form.equals("raw")) {
            assertThat(left.texts("payload")).isEqualTo(numbers(0, 3 * THIRD));
        } else {
            assertThat(left.texts("text")).isEqualTo(decoded(0, 3 * THIRD, false));
            assertThat(left.payloadsIn("_rejects")).isEqualTo(decoded(0, 3 * THIRD, true));
        }
        assertThat(left.internal(".journal")).isEmpty();
    }

    /** Nothing in the tree of segments is looked at: not even a directory of them that cannot be read costs a start. */
    @Test
    void aStartDoesNotLookAtTheSegments() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(
                    left.data().resolve(String.format("left-20200101T000000000Z-aaaaaaaaaaaaa-%06d.parquet", i + 1)));
        }
        long start = System.nanoTime();
        LogSink sink = left.sink("raw").build();
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        assertThat(LeftOvers.close(sink).recovered()).isEqualTo(2 * THIRD);
    }
}
