package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user is told about a file that is not what it should be: one line, the file, the offset, exit code 1. */
class BrokenFilesTest {
    @TempDir
    Path directory;

    private byte[] good;

    @BeforeEach
    void makeAGoodOne() throws IOException {
        good = Files.readAllBytes(new SampleSegments().write(directory.resolve("good")));
    }

    static Stream<Arguments> wholeFiles() {
        return Stream.of(
                Arguments.of("empty", "offset=0: empty file, not Parquet"),
                Arguments.of("short", "offset=0: too short to be Parquet: size=5"),
                Arguments.of("text", "offset=0: not a Parquet file: it begins with 'just', expected 'PAR1'"),
                Arguments.of("headMagic", "offset=0: not a Parquet file: it begins with 'PARX', expected 'PAR1'"),
                Arguments.of("noFooter", "no footer: the file ends with '"),
                Arguments.of("cutInHalf", "no footer: the file ends with '"),
                Arguments.of("footerTooLong", "footer length cannot be true: length=2147483647"),
                Arguments.of("footerNegative", "footer length cannot be true: length=4294967295"),
                Arguments.of("footerZero", "footer length cannot be true: length=0"),
                Arguments.of("footerShort", "footer cannot be parsed: "),
                Arguments.of("encrypted", "encrypted footer; flow reads files that are not encrypted"));
    }

    @ParameterizedTest
    @MethodSource("wholeFiles")
    void everyCommandSaysInOneLineWhatIsWrong(String how, String expected) throws Exception {
        Path file = directory.resolve(how + ".parquet");
        Files.write(file, broken(how));

        for (String command : new String[] {"cat", "head", "schema", "stats"}) {
            CommandRun run = CommandRun.of(command, file);
            assertThat(run.err()).startsWith("flow: [" + file + "] offset=").contains(expected);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.code()).isEqualTo(1);
        }
        CommandRun verify = CommandRun.of("verify", file);
        assertThat(verify.out())
                .contains("error: [" + file + "] offset=")
                .contains(expected)
                .contains("unreadable");
        assertThat(verify.code()).isEqualTo(1);
        if (how.equals("headMagic")) {
            return; // DuckDB does not look at the first four bytes, and reads the file
        }
        CommandRun sql = CommandRun.of("sql", "select * from capture", file);
        assertThat(sql.err()).contains("[" + file + "] offset=").contains(expected);
        assertThat(sql.code()).isEqualTo(1);
    }

    @Test
    void aFlippedByteInAPageIsNamedWithItsPlace() throws Exception {
        Path file = directory.resolve("good").resolve(new SampleSegments().fileName());
        Chunk chunk;
        StoredPage page;
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            chunk = SegmentFooter.read(bytes).chunks(1).get(7);
            ChunkPages pages = new ChunkPages(bytes, chunk);
            pages.next();
            page = pages.next();
        }
        good[(int) (page.offset() + page.headerBytes() + 3)] ^= 0x40;
        Files.write(file, good);

        CommandRun verify = CommandRun.of("verify", file);
        assertThat(verify.out())
                .contains("error: [" + file + "] offset=" + page.offset()
                        + ": row group 1, column payload, page 1: crc mismatch, expected=")
                .contains("failed: 1 error in 1 segment");
        assertThat(verify.code()).isEqualTo(1);

        CommandRun cat = CommandRun.of("cat", file);
        assertThat(cat.err())
                .contains("[" + file + "] offset=" + page.offset() + ": row group 1, column payload, page 1");
        assertThat(cat.code()).isEqualTo(1);
    }

    @Test
    void aFlippedByteInADictionaryIsNamedOnce() throws Exception {
        Path file = directory.resolve("good").resolve(new SampleSegments().fileName());
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            Chunk chunk = SegmentFooter.read(bytes).chunks(0).get(3);
            StoredPage page = new ChunkPages(bytes, chunk).next();
            good[(int) (page.offset() + page.length() - 1)] ^= 1;
        }
        Files.write(file, good);

        CommandRun verify = CommandRun.of("verify", file);
        assertThat(verify.out())
                .contains("row group 0, column writer, page 0: crc mismatch")
                .contains("failed: 1 error in 1 segment");
    }

    @Test
    void oneBrokenFileDoesNotHideTheOthers() throws Exception {
        Files.writeString(directory.resolve("good").resolve("broken.parquet"), "just some text, no more than that");

        CommandRun verify = CommandRun.of("verify", directory);
        assertThat(verify.out()).contains("  ok\n").contains("unreadable").contains("failed: 1 error in 2 segments");

        CommandRun stats = CommandRun.of("stats", directory);
        assertThat(stats.out()).contains("feed-20261120T100100000Z-abcdefghijk27-000001.parquet");
        assertThat(stats.err()).contains("broken.parquet] offset=0: not a Parquet file");
        assertThat(stats.code()).isEqualTo(1);
    }

    private byte[] broken(String how) {
        byte[] bytes = good.clone();
        return switch (how) {
            case "empty" -> new byte[0];
            case "short" -> "PAR1x".getBytes(StandardCharsets.UTF_8);
            case "text" -> "just some text, no more than that".getBytes(StandardCharsets.UTF_8);
            case "headMagic" -> {
                bytes[3] = 'X';
                yield bytes;
            }
            case "noFooter" -> Arrays.copyOf(bytes, bytes.length - 8);
            case "cutInHalf" -> Arrays.copyOf(bytes, bytes.length / 2);
            case "footerTooLong" -> withFooterLength(bytes, Integer.MAX_VALUE);
            case "footerNegative" -> withFooterLength(bytes, -1);
            case "footerZero" -> withFooterLength(bytes, 0);
            case "footerShort" -> withFooterLength(bytes, 100);
            case "encrypted" -> {
                bytes[bytes.length - 1] = 'E';
                yield bytes;
            }
            default -> throw new IllegalArgumentException(how);
        };
    }

    private static byte[] withFooterLength(byte[] bytes, int length) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, length);
        return bytes;
    }
}
