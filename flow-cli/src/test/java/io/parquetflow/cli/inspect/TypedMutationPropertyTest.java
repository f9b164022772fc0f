package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Typed files with random damage: in pages whose checksum is made true again, and anywhere in the footer and the indexes.
 * Whatever it is, verification ends soon with a report and cat with rows or one line. A failure names its seed.
 */
class TypedMutationPropertyTest {
    private static final int CASES = 300;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @Test
    void damageThatReachesTheDecodersEndsInAReport() throws Exception {
        for (int version = 1; version <= 2; version++) {
            byte[] good = sample(version, Codec.UNCOMPRESSED);
            Path file = directory.resolve("bad.parquet");
            int reached = 0;
            for (int i = 0; i < CASES; i++) {
                Random random = new Random(1_000L * version + i);
                Files.write(file, good);
                boolean changed =
                        Tampering.tryPage(file, Tampering.anyPage(file, random), page -> damage(page, random));
                reached += changed ? 1 : 0;
                check(file, 1_000L * version + i);
            }
            assertThat(reached).isGreaterThan(CASES / 2);
        }
    }

    @Test
    void damageBehindThePagesEndsInAReport() throws Exception {
        byte[] good = sample(1, Codec.ZSTD);
        Path file = directory.resolve("bad.parquet");
        Files.write(file, good);
        int pagesEnd;
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            pagesEnd = (int) SegmentFooter.read(bytes).chunks().stream()
                    .mapToLong(Chunk::end)
                    .max()
                    .orElseThrow();
        }
        for (int i = 0; i < CASES; i++) {
            byte[] bad = good.clone();
            Random random = new Random(9_000 + i);
            int at = pagesEnd + random.nextInt(bad.length - pagesEnd);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            check(file, 9_000 + i);
        }
    }

    private byte[] sample(int pageVersion, Codec codec) throws IOException {
        TypedSamples sample = new TypedSamples().allEncodings();
        sample.pageVersion = pageVersion;
        sample.codec = codec;
        sample.rows = 60;
        sample.rowsPerGroup = 60;
        return Files.readAllBytes(sample.write(directory.resolve("good" + pageVersion + codec + ".parquet")));
    }

    /** One to three bytes, mostly at the front, where the numbers are that decoders trust. */
    private static void damage(byte[] page, Random random) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(16, page.length) : page.length);
            page[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
        }
    }

    private static void check(Path file, long seed) {
        long begin = System.nanoTime();
        CommandRun verify = CommandRun.of("verify", file);
        CommandRun cat = CommandRun.of("cat", "--json", file);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("seed=%d", seed)
                .isLessThan(LONGEST);
        assertThat(verify.out()).as("seed=%d", seed).doesNotContain(SegmentScan.UNEXPECTED);
        assertThat(verify.err()).as("seed=%d", seed).isEmpty();
        if (cat.code() == 0) {
            assertThat(cat.err()).as("seed=%d", seed).isEmpty();
        } else {
            assertThat(cat.err())
                    .as("seed=%d", seed)
                    .startsWith("flow: [" + file + "]")
                    .hasLineCount(1);
        }
    }
}
