package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can be read of a slab whose writer is gone, or was never one. */
@EnabledOnOs(OS.LINUX)
class DeadSlabTest {
    private static final int BLOCK = 64;
    private static final int BLOCKS = 64;
    private static final int RING = BLOCKS * BLOCK;
    private static final int MAX_PAYLOAD = 1000;

    @TempDir
    private Path temp;

    private SlabFile file;
    private CaptureRing ring;
    private RingReader reader;
    private DropCounters drops;

    @BeforeEach
    void makeARing() throws IOException {
        file = SlabFile.create(
                temp.resolve("slabs"), "w-1", RING, BLOCK, MAX_PAYLOAD, temp.resolve("dätä dir"), "a sïnk");
        ring = new CaptureRing(file);
        reader = new RingReader(ring);
        drops = ring.newCounters(0, "a sïnk");
    }

    private List<byte[]> scanned(long from) throws IOException {
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            List<byte[]> all = new ArrayList<>();
            SlabScan scan = dead.scan(from);
            while (scan.next()) {
                all.add(Rings.read(scan));
            }
            assertThat(scan.damaged()).isZero();
            return all;
        }
    }

    private void readAndRelease(int records) {
        for (int i = 0; i < records; i++) {
            assertThat(reader.next()).isTrue();
        }
        reader.releaseTo(reader.nextPosition());
    }

    // ---- what it says

    @Test
    void theHeaderIsRead() throws Exception {
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            assertThat(dead.writer()).isEqualTo("w-1");
            assertThat(dead.sink()).isEqualTo("a sïnk");
            assertThat(dead.dataDirectory()).isEqualTo(temp.resolve("dätä dir"));
            assertThat(dead.blocks()).isEqualTo(BLOCKS);
            assertThat(dead.blockBytes()).isEqualTo(BLOCK);
            assertThat(dead.maxPayload()).isEqualTo(MAX_PAYLOAD);
            assertThat(dead.released()).isZero();
            assertThat(dead.scan(0).next()).isFalse();
        }
    }

    @Test
    void everythingOfARecordIsRead() throws Exception {
        drops.count(0, true);
        byte[] payload = Rings.payload(300, 5);
        ring.offer(40_000, drops, 17, 18, payload, 0, payload.length);
        ring.offer(1, drops, -5, CaptureRing.NO_TIME, payload, 0, 0);
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            SlabScan scan = dead.scan(0);
            assertThat(scan.next()).isTrue();
            assertThat(Rings.read(scan)).isEqualTo(payload);
            assertThat(scan.stream()).isEqualTo(40_000);
            assertThat(scan.tsNs()).isEqualTo(17);
            assertThat(scan.hasSource()).isTrue();
            assertThat(scan.sourceNs()).isEqualTo(18);
            assertThat(scan.dropsBefore()).isEqualTo(1);
            assertThat(scan.kind()).isEqualTo(Slab.KIND_PAYLOAD);
            assertThat(scan.flags()).isEqualTo(Slab.FLAG_SOURCE);
            assertThat(scan.position()).isZero();
            assertThat(scan.end()).isEqualTo(6);
            assertThat(scan.next()).isTrue();
            assertThat(scan.position()).isEqualTo(6);
            assertThat(scan.end()).isEqualTo(7);
            assertThat(scan.length()).isZero();
            assertThat(scan.hasSource()).isFalse();
            assertThat(scan.next()).isFalse();
        }
    }

    @Test
    void namesAndCountersOfStreamsSurvive() throws Exception {
        String longName = "x" + "ü".repeat(200);
        for (int stream = 1; stream < 600; stream++) {
            DropCounters own = ring.newCounters(stream, stream == 7 ? longName : "s" + stream);
            for (int i = 0; i < stream % 5; i++) {
                own.count(stream % 7, stream % 2 == 0);
            }
        }
        assertThat(ring.countersSurvive()).isTrue();
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            assertThat(dead.streams()).isEqualTo(600);
            assertThat(dead.streamName(0)).isEqualTo("a sïnk");
            // 184 bytes of room: one, and 91 characters of two
            assertThat(dead.streamName(7)).isEqualTo("x" + "ü".repeat(91));
            for (int stream = 8; stream < 600; stream++) {
                assertThat(dead.streamName(stream)).isEqualTo("s" + stream);
                assertThat(dead.drops(stream).dropped(stream % 7)).isEqualTo(stream % 5);
                assertThat(dead.drops(stream).lost()).isEqualTo(stream % 2 == 0 ? stream % 5 : 0);
            }
            assertThat(dead.streamName(600)).isNull();
            assertThat(dead.streamName(65_535)).isNull();
            assertThat(dead.drops(65_535).lost()).isZero();
        }
    }

    @Test
    void aTableThatIsCutOrGoneIsNoStream() throws Exception {
        ring.newCounters(256, "second table");
        Path table = file.path().resolveSibling("w-1.streams-1");
        byte[] whole = Files.readAllBytes(table);
        Files.delete(table);
        for (int length : new int[] {0, 100, whole.length - 1, whole.length + 1}) {
            Files.write(table, Arrays.copyOf(whole, length));
            try (DeadSlab dead = DeadSlab.open(file.path())) {
                assertThat(dead.streams()).as("bytes=" + length).isEqualTo(1);
            }
        }
        Files.delete(table);
        Files.createSymbolicLink(table, Files.write(temp.resolve("elsewhere"), whole));
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            assertThat(dead.streamName(256)).isNull();
            assertThat(dead.streamName(0)).isEqualTo("a sïnk");
        }
    }

    // ---- which records

    @Test
    void releasedRecordsAreNotReadAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            Rings.offer(ring, drops, Rings.payload(i, i));
        }
        readAndRelease(4);
        assertThat(reader.next()).isTrue(); // read, not released
        assertThat(scanned(0)).hasSize(6).first().isEqualTo(Rings.payload(4, 4));
        assertThat(scanned(7)).hasSize(3).first().isEqualTo(Rings.payload(7, 7));
        assertThat(scanned(10)).isEmpty();
        assertThat(scanned(-1)).hasSize(6);
        assertThat(scanned(Long.MAX_VALUE)).isEmpty();
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            assertThat(dead.released()).isEqualTo(4);
        }
    }

    @Test
    void behindAnOpenClaimTheScanGoesOn() throws Exception {
        RingClaim open = RingClaim.forThisThread(ring);
        Rings.offer(ring, drops, new byte[] {1});
        open.open(0, drops, 0, CaptureRing.NO_TIME, 900);
        open.view().put(Rings.payload(900, 1));
        Rings.offer(ring, drops, new byte[] {2});
        assertThat(Rings.readAll(reader)).containsExactly(new byte[] {1});
        assertThat(scanned(0)).containsExactly(new byte[] {1}, new byte[] {2});
    }

    @Test
    void abortedAndPaddedBlocksAreNoRecords() throws Exception {
        RingClaim claim = RingClaim.forThisThread(ring);
        claim.open(0, drops, 0, CaptureRing.NO_TIME, 500);
        claim.abort();
        claim.open(0, drops, 0, 5, MAX_PAYLOAD);
        claim.view().put(Rings.payload(10, 3));
        claim.commit(10);
        Rings.offer(ring, drops, new byte[] {4});
        assertThat(scanned(0)).containsExactly(Rings.payload(10, 3), new byte[] {4});
    }

    @Test
    void aFullRingIsReadToItsLastBlock() throws Exception {
        for (int lap = 0; lap < 3; lap++) {
            List<byte[]> accepted = new ArrayList<>();
            byte[] payload = Rings.payload(100, lap); // 3 blocks: the laps do not meet at the seam
            while (Rings.offer(ring, drops, payload) >= 0) {
                accepted.add(payload);
            }
            byte[] last = Rings.payload(0, 0);
            while (Rings.offer(ring, drops, last) >= 0) {
                accepted.add(last);
            }
            assertThat(scanned(0)).containsExactlyElementsOf(accepted);
            readAndRelease(accepted.size());
            assertThat(scanned(0)).as("older laps").isEmpty();
        }
    }

    @Test
    void copiedMarkersInPayloadsAndOpenClaimsAreNoRecords() throws Exception {
        Random random = new Random(11);
        RingClaim open = RingClaim.forThisThread(ring);
        for (int round = 0; round < 300; round++) {
            assertThat(open.open(0, drops, 0, CaptureRing.NO_TIME, MAX_PAYLOAD)).isNotNegative();
            open.view().put(forged(random, MAX_PAYLOAD));
            List<byte[]> accepted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte[] payload = forged(random, random.nextInt(600));
                assertThat(Rings.offer(ring, drops, payload)).isNotNegative();
                accepted.add(payload);
            }
            assertThat(scanned(0)).as("round=" + round).containsExactlyElementsOf(accepted);
            open.abort();
            readAndRelease(3);
        }
    }

    /** Blocks copied out of the slab, laid so that their markers fall on block boundaries. */
    private byte[] forged(Random random, int length) {
        byte[] payload = new byte[length];
        for (int at = BLOCK - Slab.HEADER_BYTES; at < length; at += BLOCK) {
            ring.slab.memory.get(random.nextInt(BLOCKS) * BLOCK, payload, at, Math.min(BLOCK, length - at));
        }
        return payload;
    }

    // ---- files that are none

    private static void openOrTypedError(Path path, String what) throws IOException {
        try (DeadSlab dead = DeadSlab.open(path)) {
            assertThat(dead.blocks()).as(what).isEqualTo(BLOCKS);
            assertThat(dead.blockBytes()).as(what).isEqualTo(BLOCK);
            assertThat(dead.maxPayload()).as(what).isEqualTo(MAX_PAYLOAD);
            assertThat(dead.writer()).as(what).isEqualTo("w-1");
            SlabScan scan = dead.scan(0);
            int records = 0;
            while (scan.next()) {
                records++;
            }
            assertThat(records).as(what).isLessThanOrEqualTo(2);
        } catch (DeadSlab.NotASlab | DeadSlab.NewerVersion e) {
            assertThat(e.getMessage()).as(what).startsWith("[" + path + "] is ");
        }
    }

    @Test
    void noFlippedBitOfTheHeaderGivesAnotherSlab() throws Exception {
        Rings.offer(ring, drops, new byte[] {1});
        Rings.offer(ring, drops, new byte[] {2});
        byte[] good = Files.readAllBytes(file.path());
        Path copy = temp.resolve("copy.slab");
        Files.write(copy, good);
        int opened = 0;
        try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            for (int at = 0; at < SlabHeader.BYTES; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    channel.write(ByteBuffer.wrap(new byte[] {(byte) (good[at] ^ 1 << bit)}), at);
                    openOrTypedError(copy, "byte=" + at + ", bit=" + bit);
                    if (at < SlabHeader.RELEASED) {
                        assertThatExceptionOfType(IOException.class).isThrownBy(() -> DeadSlab.open(copy));
                    } else {
                        opened++;
                    }
                }
                channel.write(ByteBuffer.wrap(good, at, 1), at);
            }
        }
        assertThat(opened).isPositive();
        assertThat(DeadSlab.open(copy).scan(0).next()).isTrue();
    }

    @Test
    void aTruncatedSlabIsNone() throws Exception {
        byte[] good = Files.readAllBytes(file.path());
        Path copy = temp.resolve("copy.slab");
        for (int length : new int[] {0, 1, 7, 8, 40, 3584, 4095, 4096, 4097, 4096 + RING, good.length - 1}) {
            Files.write(copy, Arrays.copyOf(good, length));
            assertThatExceptionOfType(DeadSlab.NotASlab.class)
                    .as("bytes=" + length)
                    .isThrownBy(() -> DeadSlab.open(copy))
                    .withMessageContaining(copy.toString());
        }
        Files.write(copy, Arrays.copyOf(good, good.length + 1));
        assertThatExceptionOfType(DeadSlab.NotASlab.class)
                .isThrownBy(() -> DeadSlab.open(copy))
                .withMessageContaining("bytes=" + (good.length + 1) + ", expected=" + good.length);
    }

    @Test
    void aSlabThatWasNeverFinishedSaysSo() throws Exception {
        Path zeros = temp.resolve("zeros.slab");
        for (int length : new int[] {0, 100, 4096, 10_000}) {
            Files.write(zeros, new byte[length]);
            assertThatExceptionOfType(DeadSlab.NotASlab.class)
                    .isThrownBy(() -> DeadSlab.open(zeros))
                    .matches(DeadSlab.NotASlab::unfinished);
        }
        Files.writeString(zeros, "PAR1, perhaps");
        assertThatExceptionOfType(DeadSlab.NotASlab.class)
                .isThrownBy(() -> DeadSlab.open(zeros))
                .matches(e -> !e.unfinished());
    }

    @Test
    void aLaterVersionIsToldApart() throws Exception {
        byte[] good = Files.readAllBytes(file.path());
        good[SlabHeader.VERSION] = 2;
        Path copy = Files.write(temp.resolve("copy.slab"), good);
        assertThatExceptionOfType(DeadSlab.NewerVersion.class)
                .isThrownBy(() -> DeadSlab.open(copy))
                .withMessageContainingAll(copy.toString(), "version=2", "known=1");
    }

    @Test
    void impossibleSizesWithARightChecksumAreRefused() throws Exception {
        byte[] good = Files.readAllBytes(file.path());
        int[][] sizes = {
            {0, 64, 10},
            {4096, 0, 10},
            {4096, 63, 10},
            {4096, 96, 10},
            {-4096, 64, 10},
            {4096, 64, -1},
            {4096, 64, 2048},
            {Integer.MIN_VALUE, 64, 10},
            {4096, 64, Integer.MAX_VALUE},
            {64, 128, 0},
            {4096, Integer.MIN_VALUE, 0},
            {1 << 30, 64, 10}
        };
        for (int[] shape : sizes) {
            ByteBuffer page = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
            page.putInt(SlabHeader.RING_BYTES, shape[0])
                    .putInt(SlabHeader.BLOCK_BYTES, shape[1])
                    .putInt(SlabHeader.MAX_PAYLOAD, shape[2]);
            seal(page.array());
            Path copy = Files.write(temp.resolve("copy.slab"), page.array());
            assertThatExceptionOfType(DeadSlab.NotASlab.class)
                    .as(Arrays.toString(shape))
                    .isThrownBy(() -> DeadSlab.open(copy));
        }
    }

    /** A right checksum for a header that is not right. */
    private static void seal(byte[] page) {
        CRC32C crc = new CRC32C();
        crc.update(page, SlabHeader.RING_BYTES, SlabHeader.RELEASED - SlabHeader.RING_BYTES);
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(SlabHeader.CRC, (int) crc.getValue());
    }

    @Test
    void namesThatRunOutOfTheHeaderAreRefused() throws Exception {
        byte[] good = Files.readAllBytes(file.path());
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer page = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
            for (int n = 0; n < 3; n++) {
                page.put(SlabHeader.TEXTS + random.nextInt(100), (byte) random.nextInt());
            }
            seal(page.array());
            Path copy = Files.write(temp.resolve("copy.slab"), page.array());
            try (DeadSlab dead = DeadSlab.open(copy)) {
                assertThat(dead.blocks()).isEqualTo(BLOCKS);
            } catch (DeadSlab.NotASlab e) {
                assertThat(e.getMessage()).containsPattern("header is longer|is no path");
                assertThat(e.unfinished()).isFalse();
            }
        }
    }

    @Test
    void whatIsNoRegularFileIsNotOpened() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link.slab"), file.path());
        assertThatExceptionOfType(DeadSlab.NotASlab.class).isThrownBy(() -> DeadSlab.open(link));
        assertThatExceptionOfType(DeadSlab.NotASlab.class).isThrownBy(() -> DeadSlab.open(temp));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> DeadSlab.open(temp.resolve("none")));
    }

    // ---- content that lies

    @Test
    void garbageUnderTrueMarkersIsCountedAndPassed() throws Exception {
        int[][] lies = { // length, kind, flags
            {-1, 1, 0},
            {Integer.MIN_VALUE, 1, 0},
            {Integer.MAX_VALUE, 1, 2},
            {MAX_PAYLOAD + 1, 1, 0},
            {10, 0, 0},
            {10, 2, 0},
            {10, 1, 8},
            {10, 1, 0x80},
            {Integer.MAX_VALUE - 8, 1, 4},
            {-5, 1, 1}
        };
        Rings.offer(ring, drops, new byte[] {1});
        for (int i = 0; i < lies.length; i++) {
            lie(1 + i, lies[i][0], lies[i][1], lies[i][2]);
        }
        lie(BLOCKS - 1, 500, 1, 0); // runs past what can be claimed
        try (DeadSlab dead = DeadSlab.open(file.path())) {
            SlabScan scan = dead.scan(0);
            assertThat(scan.next()).isTrue();
            assertThat(scan.next()).isFalse();
            assertThat(scan.damaged()).isEqualTo(lies.length + 1);
            assertThat(scan.end()).isEqualTo(BLOCKS);
        }
    }

    private void lie(long position, int length, int kind, int flags) {
        int at = ring.slab.offset(position);
        ring.slab.memory.putInt(at + Slab.LENGTH, length);
        ring.slab.memory.putInt(at + Slab.KIND, (kind & 0xff) | (flags & 0xff) << 8);
        ring.slab.markerRelease(at, ring.marker.at(position));
    }

    @Test
    void noContentStopsOrBreaksTheScan() throws Exception {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            long start = random.nextInt(1_000);
            reader.releaseTo(start);
            for (int block = 0; block < BLOCKS; block++) {
                int length = random.nextBoolean() ? random.nextInt(2_000) : random.nextInt();
                lie(start + block, length, random.nextInt(8) == 0 ? random.nextInt() : 1, random.nextInt(12));
            }
            try (DeadSlab dead = DeadSlab.open(file.path())) {
                SlabScan scan = dead.scan(0);
                long end = start;
                while (scan.next()) {
                    assertThat(scan.position()).as("seed=" + seed).isGreaterThanOrEqualTo(end);
                    assertThat(scan.length()).as("seed=" + seed).isBetween(0, MAX_PAYLOAD);
                    assertThat(Rings.read(scan)).hasSize(scan.length());
                    end = scan.end();
                }
                assertThat(scan.end()).as("seed=" + seed).isEqualTo(start + BLOCKS);
            }
        }
    }
}
