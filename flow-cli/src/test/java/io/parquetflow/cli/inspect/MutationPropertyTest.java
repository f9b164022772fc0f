package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with random damage. Whatever it is, verification ends soon with a report; with checksums in place it finds every
 * damaged page. Seeds are fixed, and a failure names the one to repeat.
 */
@Tag("files")
class MutationPropertyTest {
    private static final int MUTATIONS_PER_FILE = 250;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** The files are of a few kilobytes; a lie may cost a window of the page header, not more. */
    private static final long MOST_ALLOCATED_BYTES = 64 << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    @Test
    void damageAnywhereEndsInAReport() throws Exception {
        for (CompressionCodecName codec : List.of(CompressionCodecName.ZSTD, CompressionCodecName.UNCOMPRESSED)) {
            for (boolean version2 : new boolean[] {false, true}) {
                SampleSegments segment = small();
                segment.codec = codec;
                segment.version2 = version2;
                mutate(segment.write(directory), 1);
            }
        }
    }

    /** Without checksums the damage reaches the decompressors and the decoders. */
    @Test
    void damageThatReachesTheDecodersEndsInAReport() throws Exception {
        for (CompressionCodecName codec : List.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD,
                CompressionCodecName.LZ4_RAW)) {
            for (boolean version2 : new boolean[] {false, true}) {
                SampleSegments segment = small();
                segment.codec = codec;
                segment.checksums = false;
                segment.version2 = version2;
                mutate(segment.write(directory), 2);
            }
        }
    }

    @Test
    void everyFlippedBitInAPageIsFound() throws Exception {
        Path file = small().write(directory);
        byte[] good = Files.readAllBytes(file);
        List<StoredPage> pages = new ArrayList<>();
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            for (Chunk chunk : SegmentFooter.read(bytes).chunks()) {
                ChunkPages walk = new ChunkPages(bytes, chunk);
                while (walk.hasNext()) {
                    pages.add(walk.next());
                }
            }
        }
        Random random = new Random(3);
        for (int i = 0; i < MUTATIONS_PER_FILE; i++) {
            StoredPage page = pages.get(random.nextInt(pages.size()));
            byte[] bad = good.clone();
            int at = (int) page.offset() + page.headerBytes() + random.nextInt(page.bytes().length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            SegmentReport report = SegmentScan.scan(file, bytes -> {});
            assertThat(report.findings().kept()).as("byte %d", at).anySatisfy(finding -> assertThat(finding.line())
                    .contains("offset=" + page.offset() + ": ")
                    .contains("crc mismatch"));
        }
    }

    private static SampleSegments small() {
        SampleSegments segment = new SampleSegments();
        segment.rows = 60;
        segment.rowsPerGroup = 40;
        segment.rowsPerPage = 20;
        segment.lost = seq -> seq % 10 == 0 ? 2 : 0;
        return segment;
    }

    private void mutate(Path original, long seed) throws IOException {
        byte[] good = Files.readAllBytes(original);
        Path file = directory.resolve("mutated.parquet");
        for (int i = 0; i < MUTATIONS_PER_FILE; i++) {
            long caseSeed = seed * 1_000_003 + i;
            Files.write(file, mutated(good, new Random(caseSeed)));
            long begin = System.nanoTime();
            long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            SegmentReport report;
            try {
                report = SegmentScan.scan(file, bytes -> {});
                readRows(file);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed=" + caseSeed + " of " + original.getFileName(), e);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocatedBefore)
                    .as("bytes allocated, seed=%d of %s", caseSeed, original.getFileName())
                    .isLessThan(MOST_ALLOCATED_BYTES);
            assertThat(took).as("seed=%d", caseSeed).isLessThan(LONGEST);
            assertThat(report.findings().kept()).as("seed=%d", caseSeed).allSatisfy(finding -> assertThat(
                            finding.line())
                    .doesNotContain(SegmentScan.UNEXPECTED)
                    .hasLineCount(1));
        }
    }

    private static void readRows(Path file) {
        try (SegmentRows rows = SegmentRows.open(file, List.of())) {
            while (rows.next() != null) {
                // to the end, or to the damage
            }
        } catch (IOException expected) {
            assertThat(expected).hasMessageStartingWith("[" + file);
        }
    }

    /** One to three of: a flipped bit, an overwritten number, a run of one byte, a cut; half of them in the footer. */
    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int footer = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(good.length - 8) + 8;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextBoolean()
                    ? random.nextInt(bytes.length)
                    : Math.max(0, bytes.length - 1 - random.nextInt(footer));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3, 4 -> bytes[at] = (byte) random.nextInt();
                case 5 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 5), (byte) 0xff);
                case 6 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(16)), (byte) 0x7f);
                default -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
            }
        }
        return bytes;
    }
}
