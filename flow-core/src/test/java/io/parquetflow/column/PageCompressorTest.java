package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What our codecs make, parquet-java's take apart. */
class PageCompressorTest {
    private static byte[] decompress(CompressionCodecName codec, byte[] compressed, int length) throws Exception {
        CodecFactory codecs = new CodecFactory(new Configuration(false), 0);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(length);
            codecs.getDecompressor(codec)
                    .decompress(BytesInput.from(compressed), length)
                    .writeAllTo(out);
            return out.toByteArray();
        } finally {
            codecs.release();
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    private static byte[] randomBytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void theNameInTheFileIsTheCodecs(Codec codec) {
        try (PageCompressor compressor = PageCompressor.of(codec, 1)) {
            assertThat(compressor.codecName().name()).isEqualTo(codec.name());
            assertThat(compressor.isNone()).isEqualTo(codec == Codec.UNCOMPRESSED);
        }
    }

    /** Compressible, not compressible, one byte; longer and longer, behind what is there; one codec for all. */
    @ParameterizedTest
    @EnumSource(Codec.class)
    void everyPageComesBack(Codec codec) throws Exception {
        byte[][] pages = {
            {42},
            "a page of a feed ".repeat(10_000).getBytes(StandardCharsets.US_ASCII),
            randomBytes(1, 3),
            randomBytes(2, 300_000),
            new byte[1 << 20],
            randomBytes(3, 64 << 10)
        };
        try (PageCompressor compressor = PageCompressor.of(codec, 1)) {
            DirectBytes to = new DirectBytes(1);
            for (byte[] page : pages) {
                int before = to.size();
                compressor.compress(direct(page), 0, page.length, to);
                byte[] compressed = Arrays.copyOfRange(Bytes.of(to), before, to.size());
                assertThat(decompress(compressor.codecName(), compressed, page.length))
                        .isEqualTo(page);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void onlyThePartThatIsAskedForIsTaken(Codec codec) throws Exception {
        byte[] bytes = randomBytes(4, 10_000);
        try (PageCompressor compressor = PageCompressor.of(codec, 1)) {
            DirectBytes to = new DirectBytes(16);
            to.putLong(-1);
            ByteBuffer from = direct(bytes);
            compressor.compress(from, 1_234, 5_678, to);
            byte[] all = Bytes.of(to);
            assertThat(all).startsWith(Bytes.repeat(0xff, 8));
            assertThat(decompress(compressor.codecName(), Arrays.copyOfRange(all, 8, all.length), 5_678))
                    .isEqualTo(Arrays.copyOfRange(bytes, 1_234, 1_234 + 5_678));
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void theBuffersCanBeUsedInFullAfterwards(Codec codec) {
        try (PageCompressor compressor = PageCompressor.of(codec, 1)) {
            DirectBytes to = new DirectBytes(1 << 16);
            ByteBuffer from = ByteBuffer.allocateDirect(1_000);
            compressor.compress(from, 10, 20, to);
            assertThat(from.limit()).isEqualTo(from.capacity());
            assertThat(to.memory().limit()).isEqualTo(to.capacity());
        }
    }

    @ParameterizedTest
    @CsvSource({"ZSTD,-7", "ZSTD,22", "GZIP,1", "GZIP,9", "SNAPPY,3", "LZ4_RAW,1"})
    void everyLevelThatMayBeConfiguredWorks(Codec codec, int level) throws Exception {
        byte[] page = "level by level ".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (PageCompressor compressor = PageCompressor.of(codec, level)) {
            DirectBytes to = new DirectBytes(1);
            compressor.compress(direct(page), 0, page.length, to);
            assertThat(to.size()).isLessThan(page.length * 2 / 3);
            assertThat(decompress(compressor.codecName(), Bytes.of(to), page.length))
                    .isEqualTo(page);
        }
    }

    /** Ten bytes of header, then the checksum and the length at the end. */
    @Test
    void gzipIsOneMemberAPage() {
        byte[] page = new byte[100_000];
        try (PageCompressor compressor = PageCompressor.of(Codec.GZIP, 1)) {
            DirectBytes to = new DirectBytes(1);
            compressor.compress(direct(page), 0, page.length, to);
            byte[] member = Bytes.of(to);
            assertThat(member).startsWith(Bytes.hex("1f8b08000000000000ff"));
            assertThat(member).endsWith(Bytes.hex("a0860100"));
        }
    }
}
