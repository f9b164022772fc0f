package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.junit.jupiter.api.Test;

/** Byte for byte against parquet-java's headers. */
class PageHeadersTest {
    private static final int ROUNDS = 5_000;

    private final ParquetMetadataConverter converter = new ParquetMetadataConverter();
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
    private final CompactThrift out = new CompactThrift(1);
    private final Random random = new Random(1);

    private int size() {
        return random.nextInt() >>> (1 + random.nextInt(31));
    }

    private Encoding encoding() {
        Encoding[] all = Encoding.values();
        return all[random.nextInt(all.length)];
    }

    private void assertSame() {
        assertThat(Arrays.copyOf(out.array(), out.size())).isEqualTo(expected.toByteArray());
        assertThat(out.size()).isLessThanOrEqualTo(ChunkPages.HEADER_ROOM);
        expected.reset();
    }

    @Test
    void ofDataPagesV1() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            int uncompressed = size();
            int bytes = size();
            int entries = size();
            int crc = random.nextInt();
            Encoding encoding = encoding();
            converter.writeDataPageV1Header(
                    uncompressed, bytes, entries, Encoding.RLE, Encoding.RLE, encoding, crc, expected);
            PageHeaders.dataV1(out, uncompressed, bytes, crc, entries, encoding);
            assertSame();
        }
    }

    @Test
    void ofDataPagesV2() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            int uncompressed = size();
            int bytes = size();
            int entries = size();
            int rows = size();
            int crc = random.nextInt();
            Encoding encoding = encoding();
            ChunkPages.V2 v2 = new ChunkPages.V2(size(), size(), size(), random.nextBoolean());
            converter.writeDataPageV2Header(
                    uncompressed,
                    bytes,
                    entries,
                    v2.nulls(),
                    rows,
                    encoding,
                    v2.repetitionBytes(),
                    v2.definitionBytes(),
                    v2.compressed(),
                    crc,
                    expected,
                    null,
                    null);
            PageHeaders.dataV2(out, uncompressed, bytes, crc, entries, rows, encoding, v2);
            assertSame();
        }
    }

    @Test
    void ofDictionaryPages() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            int uncompressed = size();
            int bytes = size();
            int entries = size();
            int crc = random.nextInt();
            converter.writeDictionaryPageHeader(uncompressed, bytes, entries, Encoding.PLAIN, crc, expected);
            PageHeaders.dictionary(out, uncompressed, bytes, crc, entries);
            assertSame();
        }
    }
}
