package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The slab's file: whose it is, what is left of it, and that it is really there. */
@EnabledOnOs(OS.LINUX)
class SlabFileTest {
    private static final int BLOCK = 64;
    private static final int RING = 64 * BLOCK;
    private static final int MAX_PAYLOAD = 1000;

    @TempDir
    private Path temp;

    private Path directory;

    @BeforeEach
    void nameADirectory() {
        directory = temp.resolve("slabs");
    }

    private SlabFile create() throws IOException {
        return create("w1", RING);
    }

    private SlabFile create(String writer, int ringBytes) throws IOException {
        return SlabFile.create(directory, writer, ringBytes, BLOCK, MAX_PAYLOAD, temp.resolve("data"), "sink");
    }

    private static List<String> names(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, () -> command[0] + ": " + said);
        return said.strip();
    }

    private void refused(String... words) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::create)
                .satisfies(e -> assertThat(e.getMessage()).startsWith("[").contains(words));
    }

    // ---- what is made

    @Test
    void directoryAndFilesAreTheirOwnersOnly() throws Exception {
        SlabFile file = create();
        assertThat(file.path()).isEqualTo(directory.resolve("w1.slab"));
        assertThat(names(directory)).containsExactly("w1.slab", "w1.streams-0");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        for (String name : names(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        // 1000 bytes and a header of 40 are 17 blocks, the tail
        assertThat(Files.size(file.path())).isEqualTo(4096 + RING + 17 * BLOCK);
    }

    @Test
    void everyByteIsOnTheDiskBeforeTheFirstRecord() throws Exception {
        SlabFile file = create("w1", 4 << 20);
        long blocks = Long.parseLong(run("stat", "-c", "%b", file.path().toString()));
        assertThat(blocks * 512).isGreaterThanOrEqualTo(Files.size(file.path()));
    }

    @Test
    void aDirectoryThatIsThereIsUsedAndKept() throws Exception {
        create("w1", RING);
        SlabFile second = create("w2", RING);
        assertThat(names(directory)).contains("w1.slab", "w2.slab");
        second.delete();
        assertThat(names(directory)).containsExactly("w1.slab", "w1.streams-0");
    }

    @Test
    void theDefaultIsTheUsersOwnBelowSharedMemory() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/dev/shm")));
        assertThat(SlabFile.defaultDirectory()).contains(Path.of("/dev/shm/parquet-flow-" + run("id", "-u")));
    }

    @Test
    void inADirectoryThatOthersMayEnterTheUserHasOneOfItsOwn() throws Exception {
        assertThat(SlabFile.directoryOf(directory)).as("yet to be made").isEqualTo(directory);
        Files.createDirectory(directory, ownerOnly());
        assertThat(SlabFile.directoryOf(directory)).as("its owner's alone").isEqualTo(directory);
        for (String mode : new String[] {"rwxrwxrwx", "rwxr-x---", "rwx-----x"}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            Path own = SlabFile.directoryOf(directory);
            assertThat(own).as(mode).isEqualTo(directory.resolve("parquet-flow-" + run("id", "-u")));
            SlabFile.create(own, "w1", RING, BLOCK, MAX_PAYLOAD, temp, "sink").delete();
            assertThat(names(own)).isEmpty();
        }
        Path file = Files.writeString(temp.resolve("file"), "mine");
        assertThat(SlabFile.directoryOf(file)).isEqualTo(file);
    }

    @Test
    void recordsGoIntoTheFile() throws Exception {
        SlabFile file = create();
        CaptureRing ring = new CaptureRing(file);
        RingReader reader = new RingReader(ring);
        DropCounters drops = ring.newCounters(0, "sink");
        byte[] payload = Rings.payload(100, 3);
        assertThat(Rings.offer(ring, drops, payload)).isZero();
        assertThat(new String(Files.readAllBytes(file.path()), StandardCharsets.ISO_8859_1))
                .contains(new String(payload, StandardCharsets.ISO_8859_1));
        assertThat(reader.next()).isTrue();
        assertThat(Rings.read(reader)).isEqualTo(payload);
        assertThat(reader.kind()).isEqualTo(Slab.KIND_PAYLOAD);
        assertThat(reader.flags()).isZero();
    }

    @Test
    void oneFileIsOneRingsMemory() throws Exception {
        SlabFile file = create();
        assertThat(new CaptureRing(file).blocks()).isEqualTo(RING / BLOCK);
        assertThatIllegalStateException()
                .isThrownBy(() -> new CaptureRing(file))
                .withMessageContaining(file.path().toString());
    }

    // ---- what is refused, without a trace

    @Test
    void aSymbolicLinkIsRefused() throws Exception {
        Path real = Files.createDirectory(temp.resolve("real"), ownerOnly());
        Files.createSymbolicLink(directory, real);
        refused("symbolic link", "slab-directory");
        assertThat(names(real)).isEmpty();
        assertThat(Files.isSymbolicLink(directory)).isTrue();
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aFileInTheDirectorysPlaceIsRefused() throws Exception {
        Files.writeString(directory, "mine");
        refused("is not a directory");
        assertThat(Files.readString(directory)).isEqualTo("mine");
    }

    @Test
    void aDirectoryThatOthersMayEnterIsRefused() throws Exception {
        for (String mode : new String[] {"rwxr-x---", "rwx-----x", "rwx---r--", "rwx-w----"}) {
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            refused("open to other users", "chmod 700");
            assertThat(names(directory)).as(mode).isEmpty();
            Files.delete(directory);
        }
    }

    @Test
    void anotherUsersDirectoryIsRefused() throws Exception {
        Files.createDirectory(directory, ownerOnly());
        assumeTrue((Integer) Files.getAttribute(directory, "unix:uid") == 0, "only root gives directories away");
        Files.setAttribute(directory, "unix:uid", 12_345);
        refused("belongs to another user", "uid=12345");
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void aDirectoryWithoutAParentIsRefused() {
        directory = temp.resolve("no/such");
        refused("parent directory");
        assertThat(temp.resolve("no")).doesNotExist();
    }

    @Test
    void aSlabThatIsThereIsNotTouched() throws Exception {
        SlabFile first = create();
        Rings.offer(new CaptureRing(first), counters(), new byte[] {1, 2, 3});
        byte[] before = Files.readAllBytes(first.path());
        refused("is there already");
        assertThat(Files.readAllBytes(first.path())).isEqualTo(before);
        assertThat(names(directory)).containsExactly("w1.slab", "w1.streams-0");
    }

    private static DropCounters counters() {
        return new CaptureRing(RING, BLOCK, MAX_PAYLOAD).newCounters(0, "s");
    }

    @Test
    void aSlabWithoutItsTableIsTakenBack() throws Exception {
        Files.createDirectory(directory, ownerOnly());
        Files.writeString(directory.resolve("w1.streams-0"), "old");
        refused("w1.streams-0", "is there already");
        assertThat(names(directory)).containsExactly("w1.streams-0");
    }

    @Test
    void aFullFileSystemIsToldBeforeTheFirstRecord() throws Exception {
        Path small = Files.createDirectory(temp.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        try {
            directory = small.resolve("slabs");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> create("w1", 2 << 20))
                    .withMessageContainingAll("[" + directory.resolve("w1.slab"), "No space left", "ring-bytes");
            assertThat(names(small)).isEmpty();
            assertThat(create("w1", 512 << 10).isThere()).isTrue();
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    @Test
    void aFileSystemWithoutOwnersIsRefused() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(temp.resolve("a.zip"), Map.of("create", "true"))) {
            directory = zip.getPath("/slabs");
            refused("need Linux");
        }
    }

    @Test
    void sizesAndNamesThatCannotBeAreRefused() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlabFile.create(directory, "w", 4096, 64, 2048, temp, "s"))
                .withMessageContaining("must fit twice: ring-bytes=4096, block-bytes=64, max-payload=2048");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlabFile.create(directory, "w", 4096, 96, 10, temp, "s"))
                .withMessageContaining("block-bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlabFile.create(directory, "w", 5000, 64, 10, temp, "s"))
                .withMessageContaining("ring-bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> create("../w", RING));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SlabFile.create(directory, "w", RING, 64, 10, temp, "s".repeat(4000)))
                .withMessageContaining("do not fit");
        assertThat(directory).doesNotExist();
    }

    // ---- whether it is there

    @Test
    void aDeletedOrReplacedFileIsNotThere() throws Exception {
        SlabFile file = create();
        assertThat(file.isThere()).isTrue();
        Path aside = temp.resolve("aside");
        Files.move(file.path(), aside);
        assertThat(file.isThere()).isFalse();
        Files.copy(aside, file.path());
        assertThat(file.isThere()).isFalse();
        Files.delete(file.path());
        Files.move(aside, file.path());
        assertThat(file.isThere()).isTrue();
    }

    @Test
    void deletedItStaysMemory() throws Exception {
        SlabFile file = create();
        CaptureRing ring = new CaptureRing(file);
        RingReader reader = new RingReader(ring);
        DropCounters drops = ring.newCounters(0, "sink");
        file.delete();
        assertThat(names(directory)).isEmpty();
        assertThat(Rings.offer(ring, drops, new byte[] {9})).isZero();
        drops.count(1, true);
        assertThat(Rings.readAll(reader)).containsExactly(new byte[] {9});
        assertThat(ring.newCounters(300, "late").lost()).isZero();
        assertThat(names(directory)).as("no table after the end").isEmpty();
        file.delete();
    }

    @Test
    void anotherFileInItsPlaceIsNotDeleted() throws Exception {
        SlabFile file = create();
        Files.delete(file.path());
        Files.writeString(file.path(), "somebody's");
        file.delete();
        assertThat(names(directory)).containsExactly("w1.slab");
    }

    @Test
    void aDeadWritersFilesAreDeletedAndNoOthers() throws Exception {
        CaptureRing ring = new CaptureRing(create());
        ring.newCounters(700, "in the third table");
        create("w1.streams", RING);
        create("w11", RING);
        SlabFile.delete(directory.resolve("w1.slab"));
        assertThat(names(directory))
                .containsExactly("w1.streams.slab", "w1.streams.streams-0", "w11.slab", "w11.streams-0");
        SlabFile.delete(directory.resolve("w1.slab"));
    }

    // ---- streams

    @Test
    void aTableThatCannotBeMadeCostsNoStream() throws Exception {
        CaptureRing ring = new CaptureRing(create());
        DropCounters first = ring.newCounters(0, "first");
        assertThat(ring.countersSurvive()).isTrue();
        Files.createDirectory(directory.resolve("w1.streams-1"));
        DropCounters inMemory = ring.newCounters(256, "in memory");
        DropCounters inMemoryToo = ring.newCounters(257, "in memory too");
        assertThat(ring.countersSurvive()).isFalse();
        DropCounters later = ring.newCounters(512, "later");
        inMemory.count(2, true);
        assertThat(inMemory.dropped(2)).isEqualTo(1);
        assertThat(inMemoryToo.dropped(2) + first.dropped(2) + later.dropped(2)).isZero();
        try (DeadSlab dead = DeadSlab.open(directory.resolve("w1.slab"))) {
            assertThat(dead.streams()).isEqualTo(513);
            assertThat(dead.streamName(256)).isNull();
            assertThat(dead.drops(256).dropped(2)).isZero();
            assertThat(dead.streamName(512)).isEqualTo("later");
        }
    }

    @Test
    void anonymousCountersDoNotSurvive() {
        assertThat(new CaptureRing(RING, BLOCK, MAX_PAYLOAD).countersSurvive()).isFalse();
    }

    // ---- memory

    @Test
    void slabsThatAreClosedDoNotPileUp() throws Exception {
        int ring = 64 << 20;
        for (int i = 0; i < 8; i++) {
            create("w" + i, ring).delete();
            assertThat(MappedBytes.uncollected())
                    .as("after %d slabs", i + 1)
                    .isLessThanOrEqualTo(MappedBytes.MOST_UNCOLLECTED + (1 << 20));
        }
    }

    @Test
    void aSlabInUseIsNotCountedAsClosed() throws Exception {
        long before = MappedBytes.uncollected();
        SlabFile file = create("w1", 16 << 20);
        assertThat(MappedBytes.uncollected()).isLessThanOrEqualTo(before);
        MappedBytes.makeRoomFor(0);
        file.delete();
        assertThat(MappedBytes.uncollected()).isGreaterThanOrEqualTo(16 << 20);
        assertThat(new CaptureRing(file).blocks()).isPositive(); // it was reachable until here
    }
}
