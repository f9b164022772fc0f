package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
    private static final List<UnaryOperator<byte[]>> BOTH = List.of(CompressionTest::gzip, CompressionTest::zstd);

    @TempDir
    Path folder;

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] zstd(byte[] bytes) {
        return Zstd.compress(bytes);
    }

    @Test
    void everyFormatIsReadCompressed() throws IOException {
        byte[] frame = Frames.udpFrame("hello");
        for (UnaryOperator<byte[]> compress : BOTH) {
            for (byte[] capture : List.of(
                    PcapBytes.ethernet().packet(1, 0, frame).bytes(),
                    PcapngBytes.ethernet().enhanced(0, 1, frame).bytes(),
                    Frames.text("hello\n"))) {
                Readout read = Readout.of(folder, compress.apply(capture));
                assertThat(read.payloads()).containsExactly("hello");
                assertThat(read.tally().damage()).isEmpty();
            }
        }
    }

    @Test
    void membersAndFramesBackToBackAreOneStream() throws IOException {
        byte[] text = text(300_000);
        for (UnaryOperator<byte[]> compress : BOTH) {
            ByteArrayOutputStream members = new ByteArrayOutputStream();
            for (int from = 0; from < text.length; from += 7_000) {
                members.writeBytes(compress.apply(Arrays.copyOfRange(text, from, Math.min(text.length, from + 7_000))));
                members.writeBytes(compress.apply(new byte[0]));
            }

            Readout read = Readout.of(folder, members.toByteArray());

            assertThat(String.join("\n", read.payloads()) + "\n").isEqualTo(string(text));
            assertThat(read.tally().damage()).isEmpty();
        }
    }

    @Test
    void aPipeThatDoesNotKnowWhatIsComingIsReadToItsEnd() throws IOException {
        byte[] member = gzip(Frames.text("hello\n"));
        InputStream pipe = new ByteArrayInputStream(Frames.concat(member, member, member)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, member.length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        FileBytes raw = new FileBytes(pipe, PayloadReader.UNKNOWN_SIZE, Progress.NONE);

        try (PayloadReader reader = CaptureFile.open("pipe", raw, PacketFilter.EVERYTHING)) {
            Readout read = Readout.of(reader);

            assertThat(read.payloads()).containsExactly("hello", "hello", "hello");
            assertThat(read.tally().damage()).isEmpty();
        }
    }

    @Test
    void aSkippableFrameMayComeFirst() throws IOException {
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};

        Readout read = Readout.of(folder, Frames.concat(skippable, zstd(Frames.text("hello\n"))));

        assertThat(read.payloads()).containsExactly("hello");
    }

    @Test
    void aStreamThatEndsEarlyKeepsWhatCameBefore() throws IOException {
        byte[] text = text(2_000_000);
        for (UnaryOperator<byte[]> compress : BOTH) {
            byte[] whole = compress.apply(text);

            Readout read = Readout.of(folder, Arrays.copyOf(whole, whole.length / 2));

            String got = String.join("\n", read.payloads());
            assertThat(got.length()).isGreaterThan(500_000);
            assertThat(string(text)).startsWith(got);
            assertThat(read.damage().kind()).isEqualTo(Damage.Kind.STREAM_ENDS_EARLY);
            assertThat(read.damage().line()).endsWith("stream ends early: offset=" + got.length());
            assertThat(read.tally().cutPayloads()).as("the last line").isEqualTo(1);
            assertThat(read.tally().failed()).isTrue();
        }
    }

    @Test
    void aStreamThatEndsEarlyInsideAPacketIsMoreThanATruncatedTail() throws IOException {
        byte[] capture = PcapBytes.ethernet()
                .packet(1, 0, Frames.udpFrame("before"))
                .packet(2, 0, Frames.udpFrame("the packet that is cut off"))
                .bytes();
        byte[] stream = storedBlock(Arrays.copyOf(capture, capture.length - 5));

        Readout read = Readout.of(folder, stream);

        assertThat(read.payloads()).containsExactly("before");
        assertThat(read.damage().line()).endsWith("gzip stream ends early: offset=" + (capture.length - 5));
        assertThat(read.tally().failed()).as("nobody knows how much is missing").isTrue();
    }

    @Test
    void everyTruncationIsReported() throws IOException {
        for (UnaryOperator<byte[]> compress : BOTH) {
            byte[] whole = compress.apply(Frames.text("hello\nworld\n"));
            byte[] two = Frames.concat(whole, whole);
            for (int length = 4; length < two.length; length++) {
                if (length == whole.length) {
                    continue;
                }
                byte[] capture = Arrays.copyOf(two, length);
                boolean failed;
                try {
                    failed = Readout.of(folder, capture).tally().failed();
                } catch (IOException nothingAtAll) {
                    failed = true;
                }
                assertThat(failed).as("length=%d of %d", length, two.length).isTrue();
            }
        }
    }

    @Test
    void aStreamThatIsCorruptInTheMiddleKeepsWhatCameBefore() throws IOException {
        byte[] text = text(2_000_000);
        for (UnaryOperator<byte[]> compress : BOTH) {
            byte[] stream = compress.apply(text);
            Arrays.fill(stream, stream.length / 2, stream.length / 2 + 5_000, (byte) 0);

            Readout read = Readout.of(folder, stream);

            assertThat(read.payloads().size()).isGreaterThan(5_000);
            assertThat(string(text))
                    .startsWith(String.join("\n", read.payloads().subList(0, 5_000)));
            assertThat(read.damage().kind()).isEqualTo(Damage.Kind.CORRUPT);
            assertThat(read.damage().line()).contains("stream is corrupt (");
            assertThat(read.tally().failed()).isTrue();
        }
    }

    @Test
    void whatTheCallThatMetTheCorruptionDecodedIsNotThrownAway() throws IOException {
        byte[] first =
                PcapBytes.ethernet().packet(1, 0, Frames.udpFrame("before")).bytes();
        byte[] badBlock = {0x07, 0, 0};

        Readout read = Readout.of(folder, Frames.concat(storedBlock(first), badBlock));

        assertThat(read.payloads()).containsExactly("before");
        assertThat(read.damage().line())
                .endsWith("gzip stream is corrupt (invalid block type): offset=" + first.length);
    }

    @Test
    void aWrongChecksumIsDamageEvenIfAllWasRead() throws IOException {
        byte[] stream = gzip(Frames.text("hello\n"));
        stream[stream.length - 8] ^= 1;

        Readout read = Readout.of(folder, stream);

        assertThat(read.payloads()).containsExactly("hello");
        assertThat(read.damage().kind()).isEqualTo(Damage.Kind.CORRUPT);
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void bytesBehindTheStreamThatAreNoneAreDamage() throws IOException {
        for (int extra : List.of(1, 5, 9, 17, 18, 19, 30, 100_000)) {
            byte[] stream = Frames.concat(gzip(Frames.text("hello\n")), new byte[extra]);

            Readout read = Readout.of(folder, stream);

            assertThat(read.payloads()).containsExactly("hello");
            assertThat(read.damage().line()).as("extra=%d", extra).contains("what follows the last member");
        }
        Readout read = Readout.of(folder, Frames.concat(zstd(Frames.text("hello\n")), new byte[30]));
        assertThat(read.payloads()).containsExactly("hello");
        assertThat(read.damage().kind()).isEqualTo(Damage.Kind.CORRUPT);
    }

    @Test
    void garbageBehindAGzipHeaderIsOneLineWithTheFileAndTheOffset() {
        byte[] garbage = Frames.concat(new byte[] {0x1f, (byte) 0x8b}, Frames.text("this is no gzip stream"));

        assertThatThrownBy(() -> Readout.of(folder, garbage))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + folder.resolve("capture")
                        + "] gzip stream is corrupt (Unsupported compression method): offset=0");
    }

    @Test
    void garbageBehindAZstdMagicIsOneLineWithTheFileAndTheOffset() {
        byte[] garbage =
                Frames.concat(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, new byte[] {-1, -1, -1, -1, -1});

        assertThatThrownBy(() -> Readout.of(folder, garbage))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("[" + folder.resolve("capture") + "] zstd stream ")
                .hasMessageEndingWith(": offset=0");
    }

    /** A gzip member up to the end of its first block, which holds the bytes as they are. More blocks should follow. */
    private static byte[] storedBlock(byte[] bytes) {
        byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] length = {(byte) bytes.length, (byte) (bytes.length >> 8)};
        byte[] complement = {(byte) ~length[0], (byte) ~length[1]};
        return Frames.concat(header, length, complement, bytes);
    }

    /** Lines that compress a little, so that the streams are long. */
    private static byte[] text(int length) {
        Random random = new Random(7);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (i % 100 == 99 ? '\n' : 'a' + random.nextInt(20));
        }
        return text;
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
