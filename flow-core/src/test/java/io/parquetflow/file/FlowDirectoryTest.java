package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is ours in a sink's directory, and what is done with it. */
class FlowDirectoryTest {
    private static final Instant OPENED = Instant.parse("2026-11-20T10:15:00.007Z");

    @TempDir
    Path root;

    private FlowDirectory directory;

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = new FlowDirectory(root);
        directory.create();
    }

    private static SegmentName name(String sink, String writer, int number) {
        return new SegmentName(sink, "", OPENED.plusSeconds(number), writer, number, false);
    }

    private Path leftOver(SegmentName name) throws IOException {
        return Files.writeString(directory.inProgress(name), "PAR1 rows of " + name.fileName());
    }

    private Path file(String relative, int bytes) throws IOException {
        Path path = root.resolve(relative);
        Files.createDirectories(path.getParent());
        return Files.write(path, new byte[bytes]);
    }

    @Test
    void bothDirectoriesAreMadeAndMayBeThere() throws Exception {
        FlowDirectory deep = new FlowDirectory(root.resolve("a/b"));
        deep.create();
        deep.create();
        assertThat(root.resolve("a/b/_flow")).isDirectory().isEqualTo(deep.internal());
        assertThat(deep.root()).isEqualTo(root.resolve("a/b"));
    }

    @Test
    void aFileInItsPlaceIsNamed() throws Exception {
        Path taken = file("taken", 1);
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> new FlowDirectory(taken).create())
                .withMessageContaining(taken.toString());
    }

    @Test
    void sealedSegmentsOfOneSinkAreFoundOldestFirst() throws Exception {
        String writer = WriterId.random();
        String third = name("feed", writer, 3).fileName();
        String first = name("feed", writer, 1).fileName();
        String second = new SegmentName("feed", "itch", OPENED.plusSeconds(2), writer, 2, false).fileName();
        file(third, 30);
        file("date=2026-11-20/hour=10/" + second, 20);
        file("date=2026-11-20/" + first, 10);
        file(name("feed-a", writer, 4).fileName(), 1);
        file(name("fee", writer, 4).fileName(), 1);
        file("year=2026/" + name("feed", writer, 5).fileName(), 1);
        file("_flow/" + name("feed", writer, 6).fileName(), 1);
        file("_recovered/" + name("feed", writer, 7).fileName(), 1);
        file("feed.parquet", 1);
        file(first + ".crc", 1);
        List<SealedFile> sealed = directory.sealed("feed");
        assertThat(sealed)
                .extracting(f -> root.relativize(f.path()).toString())
                .containsExactly("date=2026-11-20/" + first, "date=2026-11-20/hour=10/" + second, third);
        assertThat(sealed).extracting(SealedFile::bytes).containsExactly(10L, 20L, 30L);
        assertThat(sealed.get(0).modified())
                .isEqualTo(Files.getLastModifiedTime(sealed.get(0).path()).toInstant());
    }

    @Test
    void atTheSameTimeTheWriterAndItsNumberDecide() throws Exception {
        String a = "aaaaaaaaaaaaa";
        String b = "bbbbbbbbbbbbb";
        List<SegmentName> inOrder = List.of(
                new SegmentName("feed", "", OPENED, a, 999_999, false),
                new SegmentName("feed", "", OPENED, a, 1_000_000, false),
                new SegmentName("feed", "", OPENED, b, 1, false));
        for (SegmentName name : inOrder) {
            file(name.fileName(), 1);
        }
        assertThat(directory.sealed("feed")).extracting(SealedFile::name).containsExactlyElementsOf(inOrder);
    }

    /** Spark writes directories whose names end like files. */
    @Test
    void aDirectoryWithASegmentsNameIsForeign() throws Exception {
        String writer = WriterId.random();
        file(name("feed", writer, 1).fileName() + "/part-0.parquet", 1);
        assertThat(directory.sealed("feed")).isEmpty();
    }

    @Test
    void theLeftOversOfADeadWriterAreSetAsideAndNeverDeleted() throws Exception {
        SegmentName dead = name("feed", WriterId.random(), 1);
        Path left = leftOver(dead);
        Path lock = Files.createFile(directory.internal().resolve(dead.writer() + ".lock"));
        Path aside = directory.internal().resolve(dead.fileName() + ".unsealed");
        assertThat(directory.setAsideLeftOvers(Set.of())).containsExactly(aside);
        assertThat(left).doesNotExist();
        assertThat(lock).doesNotExist();
        assertThat(aside).hasContent("PAR1 rows of " + dead.fileName());
        assertThat(directory.setAsideLeftOvers(Set.of())).isEmpty();
        assertThat(aside).hasContent("PAR1 rows of " + dead.fileName());
    }

    @Test
    void aLeftOverWithoutALockFileIsADeadWriters() throws Exception {
        SegmentName dead = name("other-sink", WriterId.random(), 1);
        leftOver(dead);
        assertThat(directory.setAsideLeftOvers(Set.of()))
                .containsExactly(directory.internal().resolve(dead.fileName() + ".unsealed"));
    }

    @Test
    void whatALiveWriterHasIsNotTouched() throws Exception {
        SegmentName own = name("feed", WriterId.random(), 1);
        SegmentName others = name("feed", WriterId.random(), 2);
        Path ownFile = leftOver(own);
        Path othersFile = leftOver(others);
        Path othersLock = directory.internal().resolve(others.writer() + ".lock");
        try (WriterLock lock = WriterLock.take(directory.internal(), own.writer(), 0640);
                ChildJvm other = ChildJvm.start(LockChild.class, root.toString())) {
            assertThat(lock).isNotNull();
            assertThat(other.ask("take " + others.writer())).isEqualTo("taken");
            assertThat(directory.setAsideLeftOvers(Set.of())).isEmpty();
            assertThat(ownFile).exists();
            assertThat(othersFile).exists();
            assertThat(othersLock).exists();
            assertThat(other.ask("aside")).isEqualTo("0");
            assertThat(ownFile).exists();
            other.kill();
            assertThat(directory.setAsideLeftOvers(Set.of()))
                    .containsExactly(directory.internal().resolve(others.fileName() + ".unsealed"));
            assertThat(ownFile).exists();
            assertThat(othersLock).doesNotExist();
        }
    }

    @Test
    void foreignFilesAreNotTouched() throws Exception {
        List<Path> foreign = List.of(
                file("_flow/notes.inprogress", 1),
                file("_flow/feed.parquet.inprogress", 1),
                file("_flow/apt.lock", 1),
                file("_flow/feed.ledger", 1),
                file("data.inprogress", 1),
                file(WriterId.random() + ".lock", 1));
        assertThat(directory.setAsideLeftOvers(Set.of())).isEmpty();
        assertThat(foreign).allSatisfy(path -> assertThat(path).hasSize(1));
    }

    /** They may have something in them, as a writer's lock has that says where its slab is. */
    @Test
    void locksOfOthersAreNoDeadWriters() throws Exception {
        String writer = WriterId.random();
        file("_flow/apt.lock", 10);
        file("_flow/" + WriterId.random() + ".lock", 0);
        file("_flow/" + writer + ".lock", 10);
        assertThat(directory.writersWithNotes()).containsExactly(writer);
    }

    /** It got its name; only the other one could not be taken away before the process died. */
    @Test
    void aLeftOverThatIsSealedIsNotSetAside() throws Exception {
        SegmentName sealed = name("feed", WriterId.random(), 1);
        Path left = leftOver(sealed);
        Path segment = Files.createLink(root.resolve(sealed.fileName()), left);
        assertThat(directory.setAsideLeftOvers(Set.of())).isEmpty();
        assertThat(left).doesNotExist();
        assertThat(segment).hasContent("PAR1 rows of " + sealed.fileName());
    }

    /** As after restoring a backup over the directory. */
    @Test
    void whatWasSetAsideIsNotReplacedAndKeepsNobodyFromStarting() throws Exception {
        SegmentName dead = name("feed", WriterId.random(), 1);
        SegmentName second = name("feed", WriterId.random(), 2);
        Path aside = file("_flow/" + dead.fileName() + ".unsealed", 7);
        Path left = leftOver(dead);
        leftOver(second);
        assertThat(directory.setAsideLeftOvers(Set.of()))
                .containsExactly(directory.internal().resolve(second.fileName() + ".unsealed"));
        assertThat(aside).hasSize(7);
        assertThat(left).exists();
    }

    @Test
    void internalBytesAreWhatOneSinkHasInFlow() throws Exception {
        String writer = WriterId.random();
        file("_flow/" + name("feed", writer, 1).fileName() + ".inprogress", 1);
        file("_flow/" + name("feed", writer, 2).fileName() + ".unsealed", 20);
        file("_flow/" + name("feed-a", writer, 3).fileName() + ".unsealed", 400);
        file("_flow/" + writer + ".lock", 3000);
        file(name("feed", writer, 4).fileName(), 50_000);
        assertThat(directory.internalBytes("feed")).isEqualTo(21);
    }

    @Test
    void permissionsAreTheNineBits() throws Exception {
        Path path = file("some", 1);
        for (String permissions : new String[] {"rw-r-----", "rwxrwxrwx", "rw-------", "rw-r--r--", "rwx-w-r-x"}) {
            int mode = 0;
            for (int i = 0; i < permissions.length(); i++) {
                mode = mode << 1 | (permissions.charAt(i) == '-' ? 0 : 1);
            }
            FlowDirectory.setMode(path, mode);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(permissions);
        }
    }

    @Test
    void aDirectoryCanBeForced() throws Exception {
        FlowDirectory.force(root);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> FlowDirectory.force(root.resolve("missing")));
    }

    @Test
    void theRejectsOfADeadWriterAreSetAsideBesideTheirSegment() throws Exception {
        SegmentName dead = name("feed", WriterId.random(), 1);
        Path segment = leftOver(dead);
        Path rejects = Files.writeString(directory.rejectsInProgress(dead), "PAR1 rejects");
        assertThat(directory.setAsideLeftOvers(Set.of()))
                .containsExactlyInAnyOrder(
                        directory.internal().resolve(dead.fileName() + ".unsealed"),
                        directory.internal().resolve(dead.fileName() + ".rejects.unsealed"));
        assertThat(segment).doesNotExist();
        assertThat(rejects).doesNotExist();
        assertThat(directory.internal().resolve(dead.fileName() + ".rejects.unsealed"))
                .hasContent("PAR1 rejects");
    }
}
