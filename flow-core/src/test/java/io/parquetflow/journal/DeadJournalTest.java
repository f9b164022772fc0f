package io.parquetflow.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals of every shape: what is whole is read, what is not is named, and nothing is taken for what it is not. */
class DeadJournalTest {
    private static final int PER_FRAME = 3;
    private static final int FRAMES = 6;
    private static final int FRAME_BLOCKS = PER_FRAME * Journals.BLOCKS;

    @TempDir
    Path folder;

    private Path file() {
        return file(1);
    }

    private Path file(int number) {
        return folder.resolve(JournalFile.name(Journals.WRITER, number));
    }

    /** Writes a journal of one file; answers where each frame of records begins, and the file's end. */
    private List<Integer> journal() throws IOException {
        List<Integer> frames = new ArrayList<>();
        try (Journal journal = Journals.begin(folder)) {
            journal.open();
            for (int i = 0; i < FRAMES; i++) {
                frames.add((int) Files.size(file()));
                Journals.append(journal, 1, PER_FRAME);
            }
            frames.add((int) Files.size(file()));
        }
        return frames;
    }

    /** Lines of all frames but one. */
    private static List<String> linesWithout(int frame) {
        List<String> lines = new ArrayList<>(Journals.linesTo((long) FRAMES * FRAME_BLOCKS));
        lines.subList(frame * PER_FRAME, (frame + 1) * PER_FRAME).clear();
        return lines;
    }

    @Test
    void aTornEndCountsUpToTheLastWholeFrameWhereverItIsTorn() throws Exception {
        List<Integer> frames = journal();
        byte[] whole = Files.readAllBytes(file());
        for (int length = frames.get(FRAMES - 3); length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            int good = 0;
            while (frames.get(good + 1) <= length) {
                good++;
            }
            Journals.Dead dead = Journals.dead(folder);
            assertThat(dead.lines()).as("length=%d", length).isEqualTo(Journals.linesTo((long) good * FRAME_BLOCKS));
            assertThat(dead.extent().end()).isEqualTo((long) good * FRAME_BLOCKS);
            assertThat(dead.journal().damaged()).isEmpty();
            assertThat(dead.journal().damagedBytes()).isZero();
            assertThat(dead.journal().missingBlocks()).isZero();
        }
    }

    /** A file system may have made the file longer than what it wrote into it. */
    @Test
    void zerosOrRubbishBehindTheEndAreNoRecordsAndNoDamage() throws Exception {
        journal();
        byte[] whole = Files.readAllBytes(file());
        for (int fill : new int[] {0, 0xff, 'P'}) {
            byte[] longer = Arrays.copyOf(whole, whole.length + 5_000);
            Arrays.fill(longer, whole.length, longer.length, (byte) fill);
            Files.write(file(), longer);
            Journals.Dead dead = Journals.dead(folder);
            assertThat(dead.lines()).isEqualTo(Journals.linesTo((long) FRAMES * FRAME_BLOCKS));
            assertThat(dead.journal().damaged()).isEmpty();
        }
    }

    @Test
    void aFlippedBitAnywhereInAFrameCostsThatFrameOnlyAndIsCounted() throws Exception {
        List<Integer> frames = journal();
        byte[] whole = Files.readAllBytes(file());
        for (int frame = 0; frame < FRAMES - 1; frame++) {
            int begin = frames.get(frame);
            int end = frames.get(frame + 1);
            for (int at = begin; at < end; at += at < begin + RecordBatch.FRAME_HEADER_BYTES ? 1 : 7) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                Files.write(file(), flipped);
                Journals.Dead dead = Journals.dead(folder);
                assertThat(dead.lines()).as("frame=%d at=%d", frame, at - begin).isEqualTo(linesWithout(frame));
                assertThat(dead.journal().damaged()).containsExactly(file());
                assertThat(dead.journal().damagedBytes()).isEqualTo(end - begin);
                assertThat(dead.journal().missingBlocks()).isEqualTo(FRAME_BLOCKS);
                assertThat(dead.extent().end()).isEqualTo((long) FRAMES * FRAME_BLOCKS);
            }
        }
    }

    /** A header that cannot be read must never look like one that was never written: such a file is deleted. */
    @Test
    void aFlippedBitAnywhereInTheFileHeaderSetsTheFileApart() throws Exception {
        journal();
        byte[] whole = Files.readAllBytes(file());
        int header = Journals.header(Journals.WRITER).toBytes().length;
        for (int at = 0; at < header; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                Files.write(file(), flipped);
                Journals.Dead dead = Journals.dead(folder);
                assertThat(dead.lines()).as("at=%d bit=%d", at, bit).isEmpty();
                assertThat(dead.journal().notUnderstood())
                        .as("at=%d bit=%d", at, bit)
                        .extracting(DeadJournal.NotUnderstood::path)
                        .containsExactly(file());
                assertThat(dead.journal().empty()).isEmpty();
                assertThat(dead.journal().header()).isNull();
                assertThat(dead.journal().lastNumber()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFileThatEndsWithinItsHeaderWasNeverUsed() throws Exception {
        journal();
        byte[] whole = Files.readAllBytes(file());
        int header = Journals.header(Journals.WRITER).toBytes().length;
        for (int length = 0; length < header; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            Journals.Dead dead = Journals.dead(folder);
            assertThat(dead.journal().empty()).as("length=%d", length).containsExactly(file());
            assertThat(dead.journal().notUnderstood()).isEmpty();
        }
        Files.write(file(), Arrays.copyOf(whole, header));
        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.journal().paths()).containsExactly(file());
        assertThat(dead.lines()).isEmpty();
        assertThat(dead.extent().end()).isZero();
    }

    @Test
    void whatIsNoJournalOfThisWriterAndReleaseIsNamedWithTheReason() throws Exception {
        journal();
        byte[] newer = Files.readAllBytes(file());
        newer[8] = 2;
        Files.write(file(2), newer);
        Files.writeString(file(3), "a file of somebody else, with such a name");
        try (Journal other = Journals.begin(folder, "bbbbbbbbbbbbb", new Journals.Maker())) {
            Journals.append(other, 1, 1);
        }
        Files.move(folder.resolve(JournalFile.name("bbbbbbbbbbbbb", 1)), file(4));
        Files.createDirectory(file(5));
        Files.createSymbolicLink(file(6), file(1));
        Files.writeString(folder.resolve("aaaaaaaaaaaaa-7.journal"), "no journal's name");

        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.lines()).isEqualTo(Journals.linesTo((long) FRAMES * FRAME_BLOCKS));
        assertThat(dead.journal().lastNumber()).isEqualTo(6);
        assertThat(dead.journal().notUnderstood())
                .extracting(DeadJournal.NotUnderstood::path)
                .containsExactly(file(2), file(3), file(4), file(5), file(6));
        assertThat(dead.journal().notUnderstood().toString())
                .contains("journal of version 2, this release reads 1")
                .contains("does not begin with PFLOWJNL")
                .contains("another writer: bbbbbbbbbbbbb")
                .contains("no regular file");
        assertThat(DeadJournal.writers(folder)).containsExactly(Journals.WRITER);
        assertThat(DeadJournal.writers(folder.resolve("none"))).isEmpty();
    }

    /** As a capture of a capture has them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesInPayloadsAreNoFramesOfThisJournal(boolean damaged) throws Exception {
        byte[] foreign = framesOf("bbbbbbbbbbbbb", 1_000);
        byte[] old = framesOf(Journals.WRITER, 0);
        List<Integer> begins = new ArrayList<>();
        try (Journal journal = Journals.begin(folder)) {
            journal.open();
            begins.add((int) Files.size(file()));
            journal.append(Journals.batch(0, foreign, old));
            journal.append(Journals.batch(4, Journals.payload(4)));
        }
        if (damaged) {
            byte[] bytes = Files.readAllBytes(file());
            bytes[begins.get(0) + RecordBatch.CRC] ^= 1;
            Files.write(file(), bytes);
        }
        List<String> lines = Journals.dead(folder).lines();
        assertThat(lines.get(lines.size() - 1)).isEqualTo(Journals.line(4));
        assertThat(lines).noneMatch(line -> line.startsWith("1000 "));
        if (!damaged) {
            assertThat(lines).hasSize(3);
        }
    }

    private static byte[] framesOf(String writer, long position) {
        ByteBuffer frame =
                Journals.batch(position, "inner").frame(writer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 31, Integer.MIN_VALUE, -1, 0, 1 << 30})
    void anImpossibleLengthIsNoFrame(int length) throws Exception {
        List<Integer> frames = journal();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(frames.get(2) + RecordBatch.LENGTH, length);
        Files.write(file(), bytes.array());
        assertThat(Journals.dead(folder).lines()).isEqualTo(linesWithout(2));
    }

    /** Each beginning of a frame costs a checksum over what it says it holds: here, two tebibytes if nobody counted. */
    @Test
    void aFileOfBeginningsIsGivenUpAfterAWhileAndKept() throws Exception {
        journal();
        ByteBuffer bytes = ByteBuffer.allocate(8 << 20).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(Files.readAllBytes(file()));
        int body = bytes.capacity() / 2;
        while (bytes.position() < bytes.capacity() / 2 - RecordBatch.FRAME_HEADER_BYTES) {
            ByteBuffer begin =
                    ByteBuffer.allocate(RecordBatch.FRAME_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            RecordBatch.putHeader(begin, FrameKind.RECORDS, body, 0, 1, 1);
            bytes.put(begin);
        }
        Files.write(file(), bytes.array());
        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.lines()).isEqualTo(Journals.linesTo((long) FRAMES * FRAME_BLOCKS));
        assertThat(dead.journal().damaged()).containsExactly(file());
    }

    /** Beginnings that cannot be frames cost nothing, however many there are: what lies behind them is found. */
    @Test
    void goodFramesBehindAnyNumberOfImpossibleOnesAreFound() throws Exception {
        List<Integer> frames = journal();
        byte[] whole = Files.readAllBytes(file());
        int cut = frames.get(3);
        int fakes = 50_000;
        ByteBuffer bytes =
                ByteBuffer.allocate(whole.length + fakes * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(whole, 0, cut);
        for (int i = 0; i < fakes; i++) {
            bytes.putInt(RecordBatch.MAGIC);
        }
        bytes.put(whole, cut, whole.length - cut);
        Files.write(file(), bytes.array());
        Journals.Dead dead = Journals.dead(folder);
        assertThat(dead.lines()).isEqualTo(Journals.linesTo((long) FRAMES * FRAME_BLOCKS));
        assertThat(dead.journal().damagedBytes()).isEqualTo((long) fakes * Integer.BYTES);
        assertThat(dead.journal().missingBlocks()).isZero();
    }

    @Test
    void aFileThatIsMissingInTheMiddleIsNoticed() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            for (int i = 0; i < 3; i++) {
                Journals.append(journal, 1, PER_FRAME);
                journal.roll();
            }
        }
        assertThat(Journals.dead(folder).journal().missingBlocks()).isZero();
        Files.delete(file(2));
        assertThat(Journals.dead(folder).journal().missingBlocks()).isEqualTo(FRAME_BLOCKS);
        Files.delete(file(1));
        assertThat(Journals.dead(folder).journal().missingBlocks()).isEqualTo(2 * FRAME_BLOCKS);
    }

    /** Old files go by right; the state in a newer file may be older than the seal that let them go. */
    @Test
    void filesInFrontOfWhatIsSealedAreNotMissed() throws Exception {
        try (Journal journal = Journals.begin(folder)) {
            Journals.append(journal, 2, PER_FRAME);
            journal.roll();
            Journals.append(journal, 1, PER_FRAME);
            journal.sealing(Journals.state("one", 2 * FRAME_BLOCKS));
        }
        Files.delete(file(1));
        try (DeadJournal dead = DeadJournal.open(folder, Journals.WRITER)) {
            assertThat(dead.extent(state -> true).sealed().end()).isEqualTo(2 * FRAME_BLOCKS);
            assertThat(dead.missingBlocks()).isZero();
            dead.extent(state -> false);
            assertThat(dead.missingBlocks()).isEqualTo(2 * FRAME_BLOCKS);
        }
    }
}
