package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngReaderTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void everyKindOfPacketBlockIsReadInBothByteOrders() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] simple = Frames.udpFrame("simple");
            byte[] capture = new PcapngBytes(order)
                    .describe(LinkLayer.ETHERNET, 0)
                    .enhanced(0, 1_493_132_598_746_881L, Frames.udpFrame("enhanced"))
                    .obsolete(0, 1_493_132_598_746_882L, Frames.udpFrame("obsolete"))
                    .simple(simple, simple.length)
                    .bytes();

            Readout read = Readout.of(folder, capture);

            assertThat(read.payloads()).as("%s", order).containsExactly("enhanced", "obsolete", "simple");
            assertThat(read.timesNs())
                    .containsExactly(1_493_132_598_746_881_000L, 1_493_132_598_746_882_000L, PayloadReader.NO_TIME);
            assertThat(read.tally().format()).isEqualTo("pcapng");
            assertThat(read.tally().withoutTime()).isEqualTo(1);
            assertThat(read.tally().damage()).isEmpty();
        }
    }

    @Test
    void everySectionHasItsOwnByteOrderAndItsOwnInterfaces() throws IOException {
        PcapngBytes capture = new PcapngBytes(ByteOrder.LITTLE_ENDIAN);
        capture.describe(LinkLayer.ETHERNET, 0).enhanced(0, 1, Frames.udpFrame("little"));
        capture.section(ByteOrder.BIG_ENDIAN);
        capture.describe(LinkLayer.RAW, 0, capture.resolution(9));
        capture.enhanced(0, 1, Frames.ipv4(Frames.UDP, Frames.udp(Frames.text("big"))));

        Readout read = Readout.of(folder, capture.bytes());

        assertThat(read.payloads()).containsExactly("little", "big");
        assertThat(read.timesNs()).containsExactly(1_000L, 1L);
    }

    @Test
    void everyInterfaceHasItsOwnClock() throws IOException {
        PcapngBytes capture = new PcapngBytes(ByteOrder.BIG_ENDIAN);
        capture.describe(LinkLayer.ETHERNET, 0);
        capture.describe(LinkLayer.ETHERNET, 0, capture.resolution(3), capture.offset(1_000));
        capture.describe(LinkLayer.ETHERNET, 0, capture.resolution(0x80 | 10), capture.option(0, new byte[0]));
        byte[] frame = Frames.udpFrame("x");
        capture.enhanced(2, 3 * 1024 + 512, frame).enhanced(1, 7, frame).enhanced(0, 7, frame);

        assertThat(Readout.of(folder, capture.bytes()).timesNs())
                .containsExactly(3_500_000_000L, 1_000 * SECOND_NS + 7_000_000L, 7_000L);
    }

    @Test
    void timestampsOfEveryResolutionBecomeNanoseconds() {
        assertThat(clock(0, 0).timeNs(5)).isEqualTo(5 * SECOND_NS);
        assertThat(clock(6, 0).timeNs(5)).isEqualTo(5_000);
        assertThat(clock(9, 0).timeNs(5)).isEqualTo(5);
        assertThat(clock(12, 0).timeNs(5_999)).isEqualTo(5);
        assertThat(clock(127, 0).timeNs(-1)).isZero();
        assertThat(clock(0x80, 0).timeNs(5)).isEqualTo(5 * SECOND_NS);
        assertThat(clock(0x80 | 1, 0).timeNs(5)).isEqualTo(2_500_000_000L);
        assertThat(clock(0x80 | 32, 0).timeNs(5L << 32 | 1L << 31)).isEqualTo(5_500_000_000L);
        assertThat(clock(0x80 | 63, 0).timeNs(1L << 62)).isEqualTo(500_000_000L);
        assertThat(clock(0x80 | 64, 0).timeNs(1L << 63)).isEqualTo(500_000_000L);
        assertThat(clock(0x80 | 127, 0).timeNs(-1)).isZero();
        assertThat(clock(6, -3).timeNs(5_000_000)).isEqualTo(2 * SECOND_NS);
    }

    @Test
    void aTimeThatDoesNotFitIsNone() {
        assertThat(clock(6, 0).timeNs(-1)).isEqualTo(PayloadReader.NO_TIME);
        assertThat(clock(0, 0).timeNs(Long.MAX_VALUE)).isEqualTo(PayloadReader.NO_TIME);
        assertThat(clock(0x80, 0).timeNs(-1)).isEqualTo(PayloadReader.NO_TIME);
        assertThat(clock(6, Long.MAX_VALUE).timeNs(1)).isEqualTo(PayloadReader.NO_TIME);
        assertThat(clock(6, -10).timeNs(1)).as("before 1970").isEqualTo(PayloadReader.NO_TIME);
    }

    @Test
    void blocksOfOtherTypesAndOptionsArePassedOver() throws IOException {
        PcapngBytes capture = PcapngBytes.ethernet();
        byte[] comment = capture.option(1, Frames.text("a comment of a person"));
        capture.block(4, new byte[400])
                .block(0x8000_0bad, new byte[200_000])
                .enhanced(0, 1, Frames.udpFrame("after"), comment)
                .block(5, new byte[0])
                .enhanced(0, 2, Frames.udpFrame("and after"));

        Readout read = Readout.of(folder, capture.bytes());

        assertThat(read.payloads()).containsExactly("after", "and after");
        assertThat(read.tally().damage()).isEmpty();
    }

    @Test
    void aSimplePacketIsCutToTheSnapshotLengthOfTheFirstInterface() throws IOException {
        byte[] frame = Frames.udpFrame("0123456789");
        byte[] kept = Arrays.copyOf(frame, frame.length - 6);
        byte[] capture = new PcapngBytes(ByteOrder.LITTLE_ENDIAN)
                .describe(LinkLayer.ETHERNET, kept.length)
                .simple(kept, frame.length)
                .bytes();

        Readout read = Readout.of(folder, capture);

        assertThat(read.payloads()).containsExactly("0123");
        assertThat(read.tally().cutPayloads()).isEqualTo(1);
    }

    @Test
    void aFileThatEndsInsideABlockKeepsWhatCameBefore() throws IOException {
        byte[] whole = PcapngBytes.ethernet()
                .enhanced(0, 1, Frames.udpFrame("first"))
                .enhanced(0, 2, Frames.udpFrame("second"))
                .bytes();
        int lastBlock = whole.length - 80;

        Readout read = Readout.of(folder, Arrays.copyOf(whole, whole.length - 30));

        assertThat(read.payloads()).containsExactly("first");
        assertThat(read.damage().line())
                .endsWith("truncated inside a packet: offset=" + lastBlock + ", expected=80, found=50");
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void aFileThatEndsInsideABlockPassedOverSaysSo() throws IOException {
        byte[] whole = PcapngBytes.ethernet()
                .enhanced(0, 1, Frames.udpFrame("first"))
                .block(4, new byte[100])
                .bytes();

        Readout read = Readout.of(folder, Arrays.copyOf(whole, whole.length - 50));

        assertThat(read.payloads()).containsExactly("first");
        assertThat(read.damage().line()).contains("truncated inside a block", "expected=112, found=62");
    }

    @Test
    void aCaptureOfZeroPacketsFailedAndSaysSo() throws IOException {
        Readout read = Readout.of(folder, PcapngBytes.ethernet().bytes());

        assertThat(read.damage().line()).endsWith("no packet in it: offset=48");
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void blockLengthsThatCannotBeAreDamage() throws IOException {
        for (int length : List.of(0, 8, 11, 29, 30, 33, 0x7fff_fffc, -4)) {
            byte[] capture = PcapngBytes.ethernet()
                    .enhanced(0, 1, Frames.udpFrame("first"))
                    .block(4, new byte[16], length, length)
                    .bytes();

            Readout read = Readout.of(folder, capture);

            assertThat(read.payloads()).containsExactly("first");
            assertThat(read.damage().kind()).as("length=%d", length).isEqualTo(Damage.Kind.CORRUPT);
            assertThat(read.damage().line()).contains("block length", "found=" + Integer.toUnsignedLong(length));
        }
    }

    @Test
    void blocksWhoseTwoLengthsDifferAreDamage() throws IOException {
        for (int type : List.of(4, PcapngBytes.SIMPLE_PACKET)) {
            byte[] capture = PcapngBytes.ethernet()
                    .enhanced(0, 1, Frames.udpFrame("first"))
                    .block(type, new byte[16], 28, 32)
                    .bytes();

            Readout read = Readout.of(folder, capture);

            assertThat(read.payloads()).containsExactly("first");
            assertThat(read.damage().line()).contains("two lengths differ", "expected=28, found=32");
        }
    }

    @Test
    void aPacketOfAnUnknownInterfaceIsDamage() throws IOException {
        byte[] frame = Frames.udpFrame("x");
        for (int index : List.of(1, 0x7fff_ffff, -1)) {
            assertCorrupt(PcapngBytes.ethernet().enhanced(index, 1, frame), "interface nobody described");
        }
        assertCorrupt(new PcapngBytes(ByteOrder.LITTLE_ENDIAN).simple(frame, frame.length), "nobody described");
        assertCorrupt(PcapngBytes.ethernet().obsolete(1, 1, frame), "nobody described");
    }

    @Test
    void aCapturedLengthBeyondItsBlockIsDamage() throws IOException {
        byte[] body = new byte[20];
        body[12] = 1;
        assertCorrupt(PcapngBytes.ethernet().block(PcapngBytes.ENHANCED_PACKET, body), "captured length");
    }

    @Test
    void blocksTooShortForTheirTypeAreDamage() throws IOException {
        assertCorrupt(PcapngBytes.ethernet().block(PcapngBytes.ENHANCED_PACKET, new byte[16]), "too short");
        assertCorrupt(PcapngBytes.ethernet().block(PcapngBytes.SIMPLE_PACKET, new byte[0]), "too short");
        assertCorrupt(PcapngBytes.ethernet().block(PcapngBytes.INTERFACE, new byte[4]), "too short");
        byte[] order = {0x4d, 0x3c, 0x2b, 0x1a};
        assertCorrupt(PcapngBytes.ethernet().block(PcapngReader.SECTION, order), "too short");
        assertCorrupt(PcapngBytes.ethernet().block(PcapngReader.SECTION, new byte[0]), "no byte-order magic");
    }

    @Test
    void aSectionWithoutByteOrderOrOfAnotherVersionIsDamage() throws IOException {
        byte[] noOrder = new PcapngBytes(ByteOrder.BIG_ENDIAN).bytes();
        noOrder[8] = 0;
        assertThat(Readout.of(folder, noOrder).damage().line()).contains("no byte-order magic", "offset=0");

        byte[] version = new PcapngBytes(ByteOrder.LITTLE_ENDIAN).bytes();
        version[12] = 7;
        assertThat(Readout.of(folder, version).damage().line()).contains("version is not supported", "found=7");
    }

    @Test
    void interfacesWithoutEndAreDamageNotMemory() throws IOException {
        PcapngBytes capture = new PcapngBytes(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i <= 65_536; i++) {
            capture.describe(LinkLayer.ETHERNET, 0);
        }
        assertCorrupt(capture, "too many interfaces");
    }

    @Test
    void optionsThatRunPastTheirBlockAreIgnored() throws IOException {
        PcapngBytes capture = new PcapngBytes(ByteOrder.BIG_ENDIAN);
        capture.describe(LinkLayer.ETHERNET, 0, new byte[] {0, 9, (byte) 0xff, (byte) 0xff});
        capture.enhanced(0, 1, Frames.udpFrame("x"));

        assertThat(Readout.of(folder, capture.bytes()).timesNs()).containsExactly(1_000L);
    }

    private static PcapngInterface clock(int resolution, long offsetSeconds) {
        return new PcapngInterface(LinkLayer.ETHERNET, 0, 0, resolution, offsetSeconds);
    }

    private void assertCorrupt(PcapngBytes capture, String what) throws IOException {
        Readout read = Readout.of(folder, capture.bytes());
        assertThat(read.payloads()).isEmpty();
        assertThat(read.damage().kind()).isEqualTo(Damage.Kind.CORRUPT);
        assertThat(read.damage().line()).contains(what);
    }
}
