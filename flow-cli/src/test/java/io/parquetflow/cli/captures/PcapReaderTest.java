package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapReaderTest {
    @TempDir
    Path folder;

    @Test
    void everyMagicIsReadInBothByteOrders() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (long magic : List.of(PcapReader.MICROSECONDS, PcapReader.NANOSECONDS, PcapReader.MODIFIED)) {
                byte[] capture = new PcapBytes(order, magic, LinkLayer.ETHERNET)
                        .packet(1_493_132_598L, 746_881, Frames.udpFrame("first"))
                        .packet(1_493_132_599L, 0, Frames.udpFrame("second"))
                        .bytes();

                Readout read = Readout.of(folder, capture);

                assertThat(read.payloads())
                        .as("order=%s, magic=%x", order, magic)
                        .containsExactly("first", "second");
                long fractionNs = magic == PcapReader.NANOSECONDS ? 746_881L : 746_881_000L;
                assertThat(read.timesNs())
                        .containsExactly(1_493_132_598_000_000_000L + fractionNs, 1_493_132_599_000_000_000L);
                assertThat(read.tally().format()).isEqualTo("pcap");
                assertThat(read.tally().packets()).isEqualTo(2);
                assertThat(read.tally().payloads()).isEqualTo(2);
                assertThat(read.tally().payloadBytes()).isEqualTo(11);
                assertThat(read.tally().damage()).isEmpty();
                assertThat(read.tally().failed()).isFalse();
            }
        }
    }

    @Test
    void secondsAreUnsigned() throws IOException {
        byte[] capture = PcapBytes.ethernet()
                .packet(0xffff_ffffL, 999_999, Frames.udpFrame("in 2106"))
                .bytes();

        assertThat(Readout.of(folder, capture).timesNs()).containsExactly(4_294_967_295_999_999_000L);
    }

    @Test
    void aFileThatEndsInsideAPacketKeepsWhatCameBeforeAndSaysHowMuchIsMissing() throws IOException {
        byte[] frame = Frames.udpFrame("whole");
        byte[] capture = PcapBytes.ethernet()
                .packet(1, 0, frame)
                .header(2, 0, 1490, 1490)
                .raw(new byte[460])
                .bytes();

        Readout read = Readout.of(folder, capture);

        assertThat(read.payloads()).containsExactly("whole");
        assertThat(read.damage())
                .isEqualTo(new Damage(
                        folder.resolve("capture").toString(),
                        24 + 16 + frame.length,
                        Damage.Kind.TRUNCATED_TAIL,
                        "truncated inside a packet",
                        1490,
                        460));
        assertThat(read.damage().line())
                .isEqualTo("[" + folder.resolve("capture") + "] truncated inside a packet: offset="
                        + (24 + 16 + frame.length) + ", expected=1490, found=460");
        assertThat(read.tally().failed())
                .as("part of a capture is not all of it")
                .isTrue();
    }

    @Test
    void aFileThatEndsInsideAPacketHeaderIsATruncatedTailToo() throws IOException {
        byte[] capture = PcapBytes.ethernet()
                .packet(1, 0, Frames.udpFrame("whole"))
                .raw(new byte[15])
                .bytes();

        Readout read = Readout.of(folder, capture);

        assertThat(read.payloads()).containsExactly("whole");
        assertThat(read.damage().kind()).isEqualTo(Damage.Kind.TRUNCATED_TAIL);
        assertThat(read.damage().expected()).isEqualTo(16);
        assertThat(read.damage().found()).isEqualTo(15);
    }

    @Test
    void aFileThatEndsInsideItsFirstPacketFailed() throws IOException {
        byte[] capture = PcapBytes.ethernet().header(1, 0, 60, 60).bytes();

        Readout read = Readout.of(folder, capture);

        assertThat(read.damage().kind()).isEqualTo(Damage.Kind.TRUNCATED_TAIL);
        assertThat(read.tally().failed()).as("nothing came before").isTrue();
    }

    @Test
    void aFileThatEndsInsideItsHeaderFailed() throws IOException {
        byte[] capture = Arrays.copyOf(PcapBytes.ethernet().bytes(), 23);

        Readout read = Readout.of(folder, capture);

        assertThat(read.damage().line()).endsWith("truncated inside the pcap header: offset=0, expected=24, found=23");
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void aCaptureOfZeroPacketsFailedAndSaysSo() throws IOException {
        Readout read = Readout.of(folder, PcapBytes.ethernet().bytes());

        assertThat(read.damage().line()).endsWith("capture] no packet in it: offset=24");
        assertThat(read.damage().kind()).isEqualTo(Damage.Kind.EMPTY);
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void anImpossibleCapturedLengthIsDamageAtThePacket() throws IOException {
        byte[] frame = Frames.udpFrame("whole");
        for (int length : List.of(262_145, 0x7fff_ffff, -1)) {
            byte[] capture = PcapBytes.ethernet()
                    .packet(1, 0, frame)
                    .header(2, 0, length, length)
                    .raw(new byte[1000])
                    .bytes();

            Readout read = Readout.of(folder, capture);

            assertThat(read.payloads()).containsExactly("whole");
            assertThat(read.damage().kind()).isEqualTo(Damage.Kind.CORRUPT);
            assertThat(read.damage().line())
                    .endsWith("captured length is out of bounds: offset=" + (40 + frame.length)
                            + ", expected=262144, found=" + Integer.toUnsignedLong(length));
            assertThat(read.tally().failed()).isTrue();
        }
    }

    @Test
    void theBoundFollowsTheSnapshotLengthButOnlySoFar() throws IOException {
        assertThat(PacketReader.bound(0)).isEqualTo(262_140);
        assertThat(PacketReader.bound(96)).isEqualTo(262_140);
        assertThat(PacketReader.bound(1_000_000)).isEqualTo(1_000_000);
        assertThat(PacketReader.bound(0xffff_ffffL)).isEqualTo(16 * 1024 * 1024);

        byte[] capture = new PcapBytes(ByteOrder.BIG_ENDIAN, PcapReader.MICROSECONDS, LinkLayer.ETHERNET, -1)
                .header(1, 0, 16 * 1024 * 1024 + 1, 60)
                .bytes();
        assertThat(Readout.of(folder, capture).damage().kind()).isEqualTo(Damage.Kind.CORRUPT);
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        byte[] capture = PcapBytes.ethernet().packet(1, 0, Frames.udpFrame("x")).bytes();
        capture[4] = 9;

        Readout read = Readout.of(folder, capture);

        assertThat(read.damage().line()).endsWith("pcap version is not supported: offset=0, expected=2, found=9");
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void packetsLargerThanTheBufferAreReadWhole() throws IOException {
        byte[] payload = new byte[60_000];
        Arrays.fill(payload, (byte) 'x');
        byte[] frame = Frames.ethernet(Frames.ETHERTYPE_IPV4, Frames.ipv4(Frames.UDP, Frames.udp(payload)));
        PcapBytes capture = PcapBytes.ethernet();
        for (int i = 0; i < 10; i++) {
            capture.packet(i, 0, frame).packet(i, 1, Frames.udpFrame("small"));
        }

        Readout read = Readout.of(folder, capture.bytes());

        assertThat(read.payloads()).hasSize(20).contains("small", "x".repeat(60_000));
        assertThat(read.tally().payloadBytes()).isEqualTo(10 * 60_005);
    }
}
