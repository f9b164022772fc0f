package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
    @TempDir
    Path folder;

    @Test
    void aMissingFileIsOneLine() {
        assertRefused(folder.resolve("nothing.pcap"), "no such file");
    }

    @Test
    void aFolderIsOneLine() {
        assertRefused(folder, "is a directory: name the captures in it");
    }

    @Test
    void aFileWithoutRightsIsOneLine() throws IOException {
        Path file = Files.write(folder.resolve("secret.pcap"), new byte[24]);
        assumeFalse(!file.toFile().setReadable(false) || Files.isReadable(file), "rights do not bind this user");

        assertRefused(file, "no permission to read it");
    }

    @Test
    void wrongMagicIsOneLineWithTheOffsetAndWhatIsThere() throws IOException {
        Path file = Files.write(folder.resolve("program"), new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 0, 0});

        assertRefused(
                file,
                "wrong magic: offset=0, found=0x7f454c46; pcap, pcapng and text can be imported, plain, gzip or zstd");
    }

    @Test
    void wrongMagicInsideACompressedFileIsToldTheSame() throws IOException {
        Path file = Files.write(folder.resolve("x.gz"), CompressionTest.gzip(new byte[] {0, 1}));

        assertRefused(
                file,
                "wrong magic: offset=0, found=0x0001; pcap, pcapng and text can be imported, plain, gzip or zstd");
    }

    @Test
    void aDamagedPcapMagicIsNoText() throws IOException {
        byte[] capture = PcapBytes.ethernet().packet(1, 0, Frames.udpFrame("x")).bytes();
        capture[3] ^= 4;
        Path file = Files.write(folder.resolve("x.pcap"), capture);

        assertThatThrownBy(() -> CaptureFile.open(file, PacketFilter.EVERYTHING, Progress.NONE))
                .hasMessageContaining("wrong magic: offset=0, found=0xd4c3b2a5");
    }

    @Test
    void theNameOfTheFileDoesNotMatter() throws IOException {
        Path file = Files.write(folder.resolve("plain.gz"), Frames.text("one\ntwo\n"));

        assertThat(Readout.of(file, PacketFilter.EVERYTHING).payloads()).containsExactly("one", "two");
    }

    @Test
    void progressGoesFromNothingToTheSizeOfTheFile() throws IOException {
        byte[] compressed = CompressionTest.gzip(new Random(1)
                .ints(200_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append('\n')
                .toString()
                .getBytes(StandardCharsets.US_ASCII));
        Path file = Files.write(folder.resolve("x.gz"), compressed);
        List<Long> seen = new ArrayList<>();

        try (PayloadReader reader = CaptureFile.open(file, PacketFilter.EVERYTHING, (position, size) -> {
            assertThat(size).isEqualTo(compressed.length);
            seen.add(position);
        })) {
            assertThat(reader.size()).isEqualTo(compressed.length);
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
            assertThat(reader.next()).as("asked again").isFalse();
            assertThat(reader.position()).isEqualTo(compressed.length);
        }
        assertThat(seen).isSorted().hasSizeGreaterThan(1).endsWith((long) compressed.length);
    }

    @Test
    void aDiskThatFailsKeepsWhatCameBefore() throws IOException {
        byte[] whole = Frames.text("one\ntwo\nthree");

        try (PayloadReader reader = CaptureFile.open("x.log", failing(whole), PacketFilter.EVERYTHING)) {
            Readout read = Readout.of(reader);

            assertThat(read.payloads()).containsExactly("one", "two", "three");
            assertThat(read.damage().line()).isEqualTo("[x.log] file cannot be read on (disk is gone): offset=13");
            assertThat(read.tally().failed()).isTrue();
        }
    }

    @Test
    void aDiskThatFailsAtOnceIsOneLine() {
        assertThatThrownBy(() -> CaptureFile.open("x.log", failing(new byte[0]), PacketFilter.EVERYTHING))
                .isInstanceOf(IOException.class)
                .hasMessage("[x.log] file cannot be read on (disk is gone): offset=0");
    }

    @Test
    void whatTheHandlerThrowsEndsTheImport() throws IOException {
        Path file = Files.write(folder.resolve("x.log"), Frames.text("one\ntwo\nthree\n"));
        List<Integer> lengths = new ArrayList<>();
        PayloadHandler full = (bytes, offset, length, timeNs) -> {
            lengths.add(length);
            if (lengths.size() == 2) {
                throw new IOException("sink is full");
            }
        };

        assertThatThrownBy(() -> new CaptureImport(PacketFilter.EVERYTHING, full, Progress.NONE).read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("sink is full");
        assertThat(lengths).containsExactly(3, 3);
    }

    private static FileBytes failing(byte[] before) {
        InputStream bytes = new ByteArrayInputStream(before);
        InputStream failure = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk is gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("disk is gone");
            }
        };
        return new FileBytes(new SequenceInputStream(bytes, failure), before.length, Progress.NONE);
    }

    private void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> CaptureFile.open(file, PacketFilter.EVERYTHING, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + file + "] " + why);
    }
}
