package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes our oldest sealed segments, nothing else, and says so first. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int BYTES = 100;

    @TempDir
    Path root;

    private final String writer = WriterId.random();
    private FlowDirectory directory;

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = new FlowDirectory(root);
        directory.create();
    }

    private Retention keeping(long bytes, Duration age, long files) {
        return new Retention(directory, "feed", new Ledger(directory, "feed", 0600), bytes, age, files);
    }

    private String fileName(String sink, int number) {
        return new SegmentName(sink, "", NOW.minus(Duration.ofHours(100 - number)), writer, number, false).fileName();
    }

    /** Sealed so many hours ago. */
    private Path segment(String below, String fileName, int hoursAgo) throws IOException {
        Path path = root.resolve(below).resolve(fileName);
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[BYTES]);
        Files.setLastModifiedTime(path, FileTime.from(NOW.minus(Duration.ofHours(hoursAgo))));
        return path;
    }

    private Path segment(int number) throws IOException {
        return segment("", fileName("feed", number), 100 - number);
    }

    private List<String> ledger() throws IOException {
        Path path = directory.internal().resolve("feed.ledger");
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    @Test
    void withoutLimitsNothingIsDeleted() throws Exception {
        segment(1);
        segment(2);
        Retention retention = keeping(0, Duration.ZERO, 0);
        assertThat(retention.isOn()).isFalse();
        assertThat(retention.apply(NOW)).isZero();
        assertThat(directory.sealed("feed")).hasSize(2);
        assertThat(ledger()).isEmpty();
    }

    @Test
    void aboveTheNumberOfFilesTheOldestGo() throws Exception {
        Path first = segment(1);
        Path second = segment(2);
        Path third = segment(3);
        Retention retention = keeping(0, Duration.ZERO, 2);
        assertThat(retention.isOn()).isTrue();
        assertThat(retention.apply(NOW)).isEqualTo(1);
        assertThat(first).doesNotExist();
        assertThat(second).exists();
        assertThat(third).exists();
        assertThat(retention.apply(NOW)).isZero();
    }

    @Test
    void aboveTheBytesTheOldestGoUntilItFits() throws Exception {
        segment(1);
        segment(2);
        Path third = segment(3);
        Path fourth = segment(4);
        Retention retention = keeping(2 * BYTES, Duration.ZERO, 0);
        assertThat(retention.apply(NOW)).isEqualTo(2);
        assertThat(directory.sealed("feed")).extracting(SealedFile::path).containsExactly(third, fourth);
    }

    @Test
    void whatIsOlderThanTheAgeGoes() throws Exception {
        segment("", fileName("feed", 1), 50);
        segment("", fileName("feed", 2), 25);
        Path third = segment("", fileName("feed", 3), 24);
        Path fourth = segment("", fileName("feed", 4), 1);
        Retention retention = keeping(0, Duration.ofHours(24), 0);
        assertThat(retention.apply(NOW)).isEqualTo(2);
        assertThat(directory.sealed("feed")).extracting(SealedFile::path).containsExactly(third, fourth);
        assertThat(retention.apply(NOW.plusMillis(1))).isEqualTo(1);
    }

    @Test
    void theNewestStaysWhateverTheLimits() throws Exception {
        segment(1);
        Path newest = segment(2);
        assertThat(keeping(1, Duration.ofNanos(1), 1).apply(NOW.plus(Duration.ofDays(9_999))))
                .isEqualTo(1);
        assertThat(newest).exists();
    }

    @Test
    void otherSinksForeignFilesAndOpenSegmentsStay() throws Exception {
        List<Path> others = List.of(
                segment("", fileName("feed-a", 1), 99),
                segment("", fileName("fee", 1), 99),
                segment("", "feed.parquet", 99),
                segment("", "feed-notes.txt", 99),
                segment("elsewhere", fileName("feed", 1), 99),
                segment("_flow", fileName("feed", 2) + ".inprogress", 99),
                segment("_flow", fileName("feed", 3) + ".unsealed", 99),
                segment("_flow", fileName("feed", 4) + ".damaged", 99));
        segment(5);
        segment(6);
        assertThat(keeping(1, Duration.ofHours(1), 1).apply(NOW)).isEqualTo(1);
        assertThat(others).allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void leftOversCountAsBytes() throws Exception {
        segment(1);
        segment(2);
        Retention retention = keeping(2 * BYTES, Duration.ZERO, 0);
        assertThat(retention.apply(NOW)).isZero();
        segment("_flow", fileName("feed", 3) + ".unsealed", 1);
        assertThat(retention.apply(NOW)).isEqualTo(1);
    }

    @Test
    void otherSinksBytesDoNotCount() throws Exception {
        segment(1);
        segment(2);
        segment("", fileName("feed-a", 3), 1);
        segment("_flow", fileName("feed-a", 4) + ".unsealed", 1);
        assertThat(keeping(2 * BYTES, Duration.ZERO, 0).apply(NOW)).isZero();
    }

    @Test
    void partitionDirectoriesAreLookedIntoAndStay() throws Exception {
        Path first = segment("date=2026-11-19/hour=23", fileName("feed", 1), 10);
        Path second = segment("date=2026-11-20/hour=00", fileName("feed", 2), 9);
        assertThat(keeping(0, Duration.ZERO, 1).apply(NOW)).isEqualTo(1);
        assertThat(first).doesNotExist();
        assertThat(first.getParent()).isDirectory();
        assertThat(second).exists();
        assertThat(ledger()).hasSize(1);
        assertThat(ledger().get(0)).contains(" file=date=2026-11-19/hour=23/" + fileName("feed", 1) + " ");
    }

    @Test
    void everyDeletionHasALineWithItsReason() throws Exception {
        segment(1);
        segment(2);
        segment(3);
        segment(4);
        keeping(0, Duration.ZERO, 3).apply(NOW);
        keeping(2 * BYTES, Duration.ZERO, 0).apply(NOW);
        keeping(0, Duration.ofMinutes(1), 0).apply(NOW);
        assertThat(ledger()).hasSize(3);
        assertThat(ledger().get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z delete file=" + fileName("feed", 1)
                        + " bytes=100 reason=retain-files");
        assertThat(ledger().get(1)).endsWith(fileName("feed", 2) + " bytes=100 reason=retain-bytes");
        assertThat(ledger().get(2)).endsWith(fileName("feed", 3) + " bytes=100 reason=retain-age");
    }

    /** What cannot be written down is not done. */
    @Test
    void withoutTheLedgersLineNothingIsDeleted() throws Exception {
        Path first = segment(1);
        segment(2);
        Files.createDirectory(directory.internal().resolve("feed.ledger"));
        Retention retention = keeping(0, Duration.ZERO, 1);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> retention.apply(NOW));
        assertThat(first).exists();
    }

    @Test
    void theLedgerHasThePermissionsOfTheFiles() throws Exception {
        new Ledger(directory, "feed", 0600).append("delete", "file=x");
        assertThat(Files.getPosixFilePermissions(directory.internal().resolve("feed.ledger")))
                .hasSize(2);
    }

    private Path rejects(int number) throws IOException {
        return segment("_rejects", fileName("feed", number) + ".rejects", 1);
    }

    @Test
    void rejectsCountAndGoWithTheirSegment() throws Exception {
        Path first = segment(1);
        Path firstRejects = rejects(1);
        Path second = segment("date=2026-11-20/hour=00", fileName("feed", 2), 9);
        Path secondRejects = rejects(2);
        Path third = segment("date=2026-11-20/hour=01", fileName("feed", 3), 8);
        Path thirdRejects = rejects(3);
        Path others = segment("_rejects", fileName("feed-a", 1) + ".rejects", 99);
        assertThat(keeping(6 * BYTES, Duration.ZERO, 0).apply(NOW)).isZero();
        assertThat(keeping(6 * BYTES - 1, Duration.ZERO, 0).apply(NOW)).isEqualTo(1);
        assertThat(first).doesNotExist();
        assertThat(firstRejects).doesNotExist();
        assertThat(secondRejects).exists();
        assertThat(keeping(2 * BYTES, Duration.ZERO, 0).apply(NOW)).isEqualTo(1);
        assertThat(second).doesNotExist();
        assertThat(secondRejects).doesNotExist();
        assertThat(List.of(third, thirdRejects, others))
                .allSatisfy(path -> assertThat(path).exists());
        assertThat(ledger()).hasSize(4);
        assertThat(ledger().get(2))
                .endsWith(" delete file=_rejects/" + fileName("feed", 2) + ".rejects bytes=100 reason=retain-bytes");
    }

    @Test
    void withoutTheLedgersLineRejectsStay() throws Exception {
        Path first = segment(1);
        Path rejects = rejects(1);
        segment(2);
        Files.createDirectory(directory.internal().resolve("feed.ledger"));
        Retention retention = keeping(0, Duration.ZERO, 1);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> retention.apply(NOW));
        assertThat(first).exists();
        assertThat(rejects).exists();
    }
}
