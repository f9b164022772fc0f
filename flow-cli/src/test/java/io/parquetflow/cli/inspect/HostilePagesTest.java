package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages without checksums whose numbers would make a decoder take gigabytes, or never end: refused before it starts. */
class HostilePagesTest {
    private static final int SOURCE = 2;
    private static final int WRITER = 3;
    private static final int STREAM = 4;
    private static final int SEQ = 5;
    private static final int PAYLOAD = 7;

    @TempDir
    Path directory;

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of(
                        "dictionary ids",
                        STREAM,
                        1,
                        new int[] {0xff, 0xff, 0xff, 0xff, 0x0f},
                        "run length cannot be true"),
                Arguments.of("dictionary width", STREAM, 0, new int[] {77}, "bit width cannot be true: 77"),
                Arguments.of("level runs", SOURCE, 4, new int[] {0xff, 0xff, 0xff, 0x7f}, "run length cannot be true"),
                Arguments.of("level size", SOURCE, 0, new int[] {0xff, 0xff, 0xff, 0x7f}, "level size cannot be true"),
                Arguments.of("delta blocks", SEQ, 0, new int[] {0x80, 0x00}, "delta block cannot be true"),
                Arguments.of(
                        "delta count",
                        SEQ,
                        3,
                        new int[] {0xff, 0xff, 0xff, 0xff, 0x07},
                        "delta value count cannot be true"),
                Arguments.of("length", PAYLOAD, 0, new int[] {0xff, 0xff, 0xff, 0x7f}, "column payload, page 0: "),
                Arguments.of(
                        "negative",
                        PAYLOAD,
                        19,
                        new int[] {0xfc, 0xff, 0xff, 0xff},
                        "could not read bytes at offset 23"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aNumberThatLiesIsRefused(String which, int column, int at, int[] lie, String expected) throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.codec = CompressionCodecName.UNCOMPRESSED;
        segment.checksums = false;
        Path file = segment.write(directory);
        StoredPage page = firstDataPage(file, column);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < lie.length; i++) {
            bytes[(int) page.offset() + page.headerBytes() + at + i] = (byte) lie[i];
        }
        Files.write(file, bytes);

        CommandRun verify = CommandRun.of("verify", file);

        assertThat(verify.out())
                .contains("error: [" + file + "] offset=" + page.offset() + ": row group 0")
                .contains(expected);
        CommandRun cat = CommandRun.of("cat", file);
        assertThat(cat.err()).startsWith("flow: [" + file + "] offset=").hasLineCount(1);
        assertThat(cat.code()).isEqualTo(1);
    }

    /** parquet-java's dictionary takes any length. */
    @Test
    void aNegativeLengthInADictionaryIsRefused() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.codec = CompressionCodecName.UNCOMPRESSED;
        segment.checksums = false;
        Path file = segment.write(directory);
        byte[] bytes = Files.readAllBytes(file);
        StoredPage page = pages(file, WRITER).get(0);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt((int) page.offset() + page.headerBytes(), -4);
        Files.write(file, bytes);

        assertThat(CommandRun.of("verify", file).out())
                .contains("column writer, page 1: byte array of negative length: -4");
    }

    /** The header of a page of 2 MB says 128 MB instead, in as many bytes; the column chunk knows better. */
    @Test
    void aPageSizeBeyondTheChunkIsRefused() throws Exception {
        SampleSegments segment = new SampleSegments();
        segment.codec = CompressionCodecName.UNCOMPRESSED;
        segment.rows = 1;
        segment.payload = seq -> new byte[2 << 20];
        Path file = segment.write(directory);
        StoredPage page = firstDataPage(file, PAYLOAD);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer header =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position((int) page.offset());
        assertThat(header.get(header.position() + 2)).as("field 2, an int").isEqualTo((byte) 0x15);
        header.put(header.position() + 3, new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, 0x7f});
        Files.write(file, bytes);

        assertThat(CommandRun.of("verify", file).out())
                .contains("page size cannot be true: uncompressed=134217727, limit=2097");
    }

    private static StoredPage firstDataPage(Path file, int column) throws Exception {
        List<StoredPage> pages = pages(file, column);
        return pages.get(pages.get(0).isDictionary() ? 1 : 0);
    }

    private static List<StoredPage> pages(Path file, int column) throws Exception {
        List<StoredPage> pages = new ArrayList<>();
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            ChunkPages walk =
                    new ChunkPages(bytes, SegmentFooter.read(bytes).chunks(0).get(column));
            while (walk.hasNext()) {
                pages.add(walk.next());
            }
        }
        return pages;
    }
}
