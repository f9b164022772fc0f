package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is planted in files that a real sink wrote, and each is found. */
class VerifierTest {
    private static final long SEED = 7;
    private static final int GENERATION = 2;
    private static final int PRODUCER = 1;
    private static final int RECORDS = 50;

    @TempDir
    Path directory;

    private final List<byte[]> records = new ArrayList<>();
    private String writer;

    @BeforeEach
    void makeRecords() {
        for (int i = 0; i < RECORDS; i++) {
            records.add(record(i));
        }
    }

    private static byte[] record(long counter) {
        Payload payload = new Payload(SEED);
        int length = payload.make(GENERATION, PRODUCER, counter);
        return Arrays.copyOf(payload.bytes(), length);
    }

    private Verdict verdict(boolean clean, long dropped) throws Exception {
        try (LogSink sink = LogSink.builder(directory).name("crash").jmx(false).build()) {
            writer = sink.writer();
            records.forEach(record -> assertThat(sink.tryRecord(record)).isTrue());
            assertThat(sink.close(Duration.ofSeconds(30))).isTrue();
        }
        return judge(clean, dropped);
    }

    private Verdict judge(boolean clean, long dropped) throws Exception {
        List<Long> accepted = new ArrayList<>(Collections.nCopies(Oracle.MOST_PRODUCERS, 0L));
        accepted.set(PRODUCER, (long) RECORDS);
        Promise promise = new Promise(GENERATION, accepted, accepted, writer, clean, dropped);
        try (Verifier verifier = new Verifier(SEED)) {
            return verifier.verify(directory, List.of(promise));
        }
    }

    private Path segment() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatIsAsPromisedIsClean() throws Exception {
        Verdict verdict = verdict(true, 0);
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.rows()).isEqualTo(RECORDS);
        assertThat(verdict.accepted()).isEqualTo(RECORDS);
    }

    @Test
    void aGapIsALoss() throws Exception {
        records.remove(17);
        Verdict verdict = verdict(true, 0);
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.isClean()).isFalse();
        assertThat(verdict.findings()).anyMatch(finding -> finding.contains("first=17"));
    }

    @Test
    void aMissingEndIsALoss() throws Exception {
        records.subList(RECORDS - 3, RECORDS).clear();
        assertThat(verdict(false, 0).lost()).isEqualTo(3);
    }

    @Test
    void aRecordTwiceIsFound() throws Exception {
        records.add(31, records.get(30));
        Verdict verdict = verdict(true, 0);
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.lost()).isZero();
    }

    @Test
    void aFileTwiceIsFoundBySequenceAndByRecord() throws Exception {
        verdict(true, 0);
        Path segment = segment();
        Files.copy(segment, segment.resolveSibling("copy.parquet"));
        assertThat(judge(true, 0).duplicated()).isEqualTo(2 * RECORDS);
    }

    @Test
    void swappedRecordsAreFound() throws Exception {
        Collections.swap(records, 8, 9);
        Verdict verdict = verdict(true, 0);
        assertThat(verdict.disordered()).isEqualTo(1);
        assertThat(verdict.lost() + verdict.duplicated() + verdict.corrupt()).isZero();
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void aFlippedByteIsFoundAndItsRecordMissed() throws Exception {
        byte[] record = records.get(5);
        record[record.length - 1] ^= 1;
        Verdict verdict = verdict(true, 0);
        assertThat(verdict.corrupt()).isEqualTo(1);
        assertThat(verdict.lost()).isEqualTo(1);
    }

    @Test
    void aFlippedByteInTheHeaderIsFound() throws Exception {
        records.get(5)[0] ^= 1;
        assertThat(verdict(true, 0).corrupt()).isEqualTo(1);
    }

    @Test
    void oneRecordMoreIsRightAfterAKillAndWrongAfterAClose() throws Exception {
        records.add(record(RECORDS));
        Verdict killed = verdict(false, 0);
        assertThat(killed.isClean()).as("%s", killed).isTrue();
        assertThat(judge(true, 0).corrupt()).isEqualTo(1);
    }

    @Test
    void twoRecordsMoreAreWrongAlways() throws Exception {
        records.add(record(RECORDS));
        records.add(record(RECORDS + 1));
        assertThat(verdict(false, 0).corrupt()).isEqualTo(1);
    }

    @Test
    void aTruncatedFileIsUnreadable() throws Exception {
        verdict(true, 0);
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        Verdict verdict = judge(true, 0);
        assertThat(verdict.unreadable()).hasSize(1);
        assertThat(verdict.lost()).isEqualTo(RECORDS);
    }

    @Test
    void aFileOfZerosInTheMiddleIsUnreadableAndTheOthersAreRead() throws Exception {
        verdict(true, 0);
        Path segment = segment();
        Path copy = segment.resolveSibling("damaged.parquet");
        byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, 4, bytes.length - 4, (byte) 0);
        Files.write(copy, bytes);
        Verdict verdict = judge(true, 0);
        assertThat(verdict.unreadable()).hasSize(1).allMatch(file -> file.startsWith("[damaged.parquet]"));
        assertThat(verdict.lost() + verdict.duplicated()).isZero();
    }

    @Test
    void dropsThatTheFilesDoNotTellOfAreFound() throws Exception {
        Verdict verdict = verdict(true, 3);
        assertThat(verdict.findings()).containsExactly("generation=2: the files tell of drops=0, the sink of 3");
    }

    @Test
    void whatIsNotOwedMayMissAtTheEndAndNotInTheMiddle() throws Exception {
        records.remove(40);
        records.remove(RECORDS - 2);
        verdict(false, 0);
        List<Long> accepted = new ArrayList<>(Collections.nCopies(Oracle.MOST_PRODUCERS, 0L));
        accepted.set(PRODUCER, (long) RECORDS);
        List<Long> owed = new ArrayList<>(accepted);
        owed.set(PRODUCER, 30L);
        Promise promise = new Promise(GENERATION, accepted, accepted, writer, false, 0).owing(owed);
        try (Verifier verifier = new Verifier(SEED)) {
            assertThat(verifier.verify(directory, List.of(promise)).lost()).isEqualTo(1);
        }
    }
}
