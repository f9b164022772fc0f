package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verification of files with every type, encoding and form, whole and with lies in them that carry a true checksum. */
class TypedVerifyTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1, UNCOMPRESSED", "2, UNCOMPRESSED", "1, ZSTD", "2, ZSTD", "1, SNAPPY", "2, GZIP", "1, LZ4_RAW"})
    void everyTypeAndEncodingIsVerified(int pageVersion, Codec codec) throws Exception {
        for (int i = 0; i < 2; i++) {
            TypedSamples sample = i == 0 ? new TypedSamples() : new TypedSamples().allEncodings();
            sample.pageVersion = pageVersion;
            sample.codec = codec;
            sample.write(directory.resolve(i + ".parquet"));
        }

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out()).doesNotContain("error").contains("ok: 2 segments, 1,000 rows");
        assertThat(run.code()).isZero();
    }

    @Test
    void aDictionaryIdOutsideTheDictionaryIsFound() throws Exception {
        Path file = plain("message m { required binary kind (ENUM); }", "kind", ColumnEncoding.DICTIONARY);

        tamper(file, "kind", 1, page -> page[page.length - 1] = (byte) 0xff);

        finds(file, "column kind, page 1: ", "dictionary id is outside the dictionary: id=15, entries=9");
    }

    @Test
    void levelsThatNoRowCanHaveAreFound() throws Exception {
        Path file = plain("message m { repeated int32 bare; }", "bare", ColumnEncoding.PLAIN);

        // first the length of the repetition levels, then a run of them: all say that the row goes on
        tamper(file, "bare", 0, page -> Arrays.fill(page, 5, 4 + page[0], (byte) 0xff));

        finds(file, "column bare, page 0: levels contradict each other: repetition=1, definition=0");
    }

    @Test
    void aPageThatBeginsWithinARowIsFound() throws Exception {
        Path file = plain("message m { repeated int32 bare; }", "bare", ColumnEncoding.PLAIN);

        tamper(file, "bare", 0, page -> page[5] |= 1);

        finds(file, ": the page begins within a row: first repetition level=1");
    }

    @Test
    void columnsThatDifferAboutTheirGroupAreFound() throws Exception {
        Path file = plain(
                "message m { optional group best { required int32 price; required int32 qty; } }",
                "best.qty",
                ColumnEncoding.PLAIN);

        // two neighbours change places: as many values as before, at other rows
        tamper(file, "best.qty", 0, page -> swapLevels(page, 5));

        finds(file, "column best.qty: levels differ from those of column best.price about group best");
    }

    @Test
    void aBloomFilterThatMissesAValueIsFound() throws Exception {
        TypedSamples sample = sample("message m { required int64 id; }");
        sample.columns.put("id", ColumnOptions.DEFAULT.withBloom(true));
        Path file = sample.write(directory.resolve("m.parquet"));
        byte[] bytes = Files.readAllBytes(file);
        try (SegmentBytes open = SegmentBytes.open(file)) {
            var meta = SegmentFooter.read(open).chunks(0).get(0).meta();
            int end = (int) meta.getBloom_filter_offset() + meta.getBloom_filter_length();
            Arrays.fill(bytes, end - 32, end, (byte) 0);
        }
        Files.write(file, bytes);

        finds(file, "column id: bloom filter misses ");
    }

    @Test
    void aColumnIndexThatLiesAboutItsOrderOrLevelsIsFound() throws Exception {
        TypedSamples sample = sample("message m { repeated int32 v; }");
        sample.pageRows = 5;
        Path file = sample.write(directory.resolve("m.parquet"));
        index(file, index -> index.setBoundary_order(BoundaryOrder.ASCENDING));
        finds(file, "column v: column index: said to be ASCENDING, but data page ");

        file = sample.write(Files.createDirectory(directory.resolve("again")).resolve("m.parquet"));
        index(file, index -> Collections.swap(index.getRepetition_level_histograms(), 0, 1));
        finds(file, "column v: column index, data page 0: level histograms differ from the data's");
    }

    /** Changes the column index of the first column, in as many bytes. */
    private static void index(Path file, Consumer<ColumnIndex> change) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        try (SegmentBytes open = SegmentBytes.open(file)) {
            var chunk = SegmentFooter.read(open).chunks(0).get(0).stored();
            int at = (int) chunk.getColumn_index_offset();
            int length = chunk.getColumn_index_length();
            ColumnIndex index = Util.readColumnIndex(new ByteArrayInputStream(bytes, at, length));
            change.accept(index);
            ByteArrayOutputStream changed = new ByteArrayOutputStream();
            Util.writeColumnIndex(index, changed);
            assertThat(changed.size()).isEqualTo(length);
            System.arraycopy(changed.toByteArray(), 0, bytes, at, length);
        }
        Files.write(file, bytes);
    }

    @Test
    void aBloomFilterWhoseSizeLiesIsRefused() throws Exception {
        TypedSamples sample = sample("message m { required int64 id; }");
        sample.columns.put("id", ColumnOptions.DEFAULT.withBloom(true));
        Path file = sample.write(directory.resolve("m.parquet"));
        byte[] bytes = Files.readAllBytes(file);
        try (SegmentBytes open = SegmentBytes.open(file)) {
            int at = (int) SegmentFooter.read(open).chunks(0).get(0).meta().getBloom_filter_offset();
            assertThat(bytes[at]).as("field 1, an int").isEqualTo((byte) 0x15);
            bytes[at + 1] = 2;
            bytes[at + 2] = 0;
        }
        Files.write(file, bytes);

        finds(file, "column id: bloom filter");
    }

    @Test
    void aBoundThatDoesNotHoldAllValuesIsFoundInEveryOrder() throws Exception {
        for (String type : new String[] {
            "int32 v (INTEGER(32,false))",
            "fixed_len_byte_array(2) v (FLOAT16)",
            "fixed_len_byte_array(9) v (DECIMAL(20,5))"
        }) {
            Path file = plain("message m { required " + type + "; }", "v", ColumnEncoding.PLAIN);
            assertThat(CommandRun.of("verify", file).out()).contains("ok: 1 segment");
            tamper(file, "v", 0, page -> largest(page, type));
            finds(file, "column v", "but the data has");
            Files.delete(file);
        }
    }

    private static void largest(byte[] page, String type) {
        if (type.startsWith("int32")) {
            Arrays.fill(page, 0, 4, (byte) 0xff);
        } else {
            page[type.contains("FLOAT16") ? 1 : 0] = 0x7b;
        }
    }

    @Test
    void everyFlippedBitOfAPageIsFound() throws Exception {
        Path file = new TypedSamples().allEncodings().write(directory.resolve("all.parquet"));
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            byte[] bad = good.clone();
            StoredPage page = Tampering.anyPage(file, random);
            bad[(int) page.offset() + page.headerBytes() + random.nextInt(page.bytes().length)] ^=
                    (byte) (1 << random.nextInt(8));
            Path damaged = Files.write(directory.resolve("bad.parquet"), bad);
            CommandRun run = CommandRun.of("verify", damaged);
            assertThat(run.out())
                    .as("case %d", i)
                    .contains("offset=" + page.offset() + ": ")
                    .contains("crc mismatch");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    private static TypedSamples sample(String schema) {
        TypedSamples sample = new TypedSamples();
        sample.schema = MessageTypeParser.parseMessageType(schema);
        sample.codec = Codec.UNCOMPRESSED;
        sample.rows = 40;
        return sample;
    }

    private Path plain(String schema, String column, ColumnEncoding encoding) throws Exception {
        return sample(schema).encode(column, encoding).write(directory.resolve("m.parquet"));
    }

    private static void tamper(Path file, String column, int page, Consumer<byte[]> change) throws Exception {
        Tampering.page(file, column, page, change);
    }

    /** Levels are packed by bits behind the run's header: swaps the first two neighbours that differ. */
    private static void swapLevels(byte[] page, int at) {
        for (int bit = 0; bit < 7; bit++) {
            int pair = page[at] >> bit & 3;
            if (pair == 1 || pair == 2) {
                page[at] ^= (byte) (3 << bit);
                return;
            }
        }
        throw new AssertionError("no neighbours differ");
    }

    private static void finds(Path file, String... words) {
        CommandRun run = CommandRun.of("verify", file);
        assertThat(run.out()).contains(words).contains("error: [" + file + "] offset=");
        assertThat(run.code()).isEqualTo(1);
    }
}
