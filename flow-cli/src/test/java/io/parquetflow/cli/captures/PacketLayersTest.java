package io.parquetflow.cli.captures;

import static io.parquetflow.cli.captures.Frames.ETHERTYPE_IPV4;
import static io.parquetflow.cli.captures.Frames.ETHERTYPE_IPV6;
import static io.parquetflow.cli.captures.Frames.TCP;
import static io.parquetflow.cli.captures.Frames.UDP;
import static io.parquetflow.cli.captures.Frames.concat;
import static io.parquetflow.cli.captures.Frames.ethernet;
import static io.parquetflow.cli.captures.Frames.extension;
import static io.parquetflow.cli.captures.Frames.fragment;
import static io.parquetflow.cli.captures.Frames.ipv4;
import static io.parquetflow.cli.captures.Frames.ipv6;
import static io.parquetflow.cli.captures.Frames.tagged;
import static io.parquetflow.cli.captures.Frames.tcp;
import static io.parquetflow.cli.captures.Frames.text;
import static io.parquetflow.cli.captures.Frames.u16;
import static io.parquetflow.cli.captures.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketLayersTest {
    private static final byte[] UDP_PACKET = ipv4(UDP, udp(text("hello")));
    private static final byte[] UDP6_PACKET = ipv6(UDP, udp(text("hello")));

    @TempDir
    Path folder;

    @Test
    void everyLinkTypeLeadsToThePayload() throws IOException {
        assertHello(LinkLayer.ETHERNET, ethernet(ETHERTYPE_IPV4, UDP_PACKET));
        assertHello(LinkLayer.ETHERNET, ethernet(ETHERTYPE_IPV6, UDP6_PACKET));
        assertHello(LinkLayer.LINUX_SLL, concat(new byte[14], u16(ETHERTYPE_IPV4), UDP_PACKET));
        assertHello(LinkLayer.LINUX_SLL2, concat(u16(ETHERTYPE_IPV6), new byte[18], UDP6_PACKET));
        assertHello(LinkLayer.RAW, UDP_PACKET);
        assertHello(LinkLayer.RAW, UDP6_PACKET);
        assertHello(LinkLayer.IPV4, UDP_PACKET);
        assertHello(LinkLayer.IPV6, UDP6_PACKET);
        assertHello(LinkLayer.LOOP, concat(new byte[] {0, 0, 0, 2}, UDP_PACKET));
        for (byte family : new byte[] {24, 28, 30}) {
            assertHello(LinkLayer.NULL, concat(new byte[] {family, 0, 0, 0}, UDP6_PACKET));
            assertHello(LinkLayer.NULL, concat(new byte[] {0, 0, 0, family}, UDP6_PACKET));
        }
    }

    @Test
    void anyNumberOfVlanTagsIsTakenOff() throws IOException {
        byte[] one = tagged(ETHERTYPE_IPV4, UDP_PACKET);
        assertHello(LinkLayer.ETHERNET, ethernet(0x8100, one));
        assertHello(LinkLayer.ETHERNET, ethernet(0x88a8, tagged(0x8100, one)));
        assertHello(LinkLayer.ETHERNET, ethernet(0x9100, tagged(0x9100, tagged(0x8100, one))));
        assertHello(LinkLayer.LINUX_SLL, concat(new byte[14], u16(0x8100), one));
    }

    @Test
    void tagsWithoutEndAreMalformed() throws IOException {
        byte[] tags = new byte[0];
        for (int i = 0; i < 1_000; i++) {
            tags = tagged(0x8100, tags);
        }
        assertSkipped(LinkLayer.ETHERNET, ethernet(0x8100, tags), SkipReason.MALFORMED);
    }

    @Test
    void otherLinksAndOtherProtocolsAreCounted() throws IOException {
        assertSkipped(147, UDP_PACKET, SkipReason.UNSUPPORTED_LINK_TYPE);
        assertSkipped(LinkLayer.ETHERNET, ethernet(0x0806, new byte[46]), SkipReason.NOT_IP);
        assertSkipped(LinkLayer.ETHERNET, ethernet(46, new byte[46]), SkipReason.NOT_IP);
        assertSkipped(LinkLayer.NULL, concat(new byte[] {7, 0, 0, 0}, UDP_PACKET), SkipReason.NOT_IP);
        assertSkipped(LinkLayer.RAW, new byte[] {0x50, 0, 0, 0}, SkipReason.NOT_IP);
        assertSkipped(LinkLayer.RAW, ipv4(1, new byte[8]), SkipReason.OTHER_PROTOCOL);
        assertSkipped(LinkLayer.RAW, ipv6(58, new byte[8]), SkipReason.OTHER_PROTOCOL);
        assertSkipped(LinkLayer.RAW, ipv6(50, new byte[80]), SkipReason.OTHER_PROTOCOL);
    }

    @Test
    void ipv4OptionsAreTakenOff() throws IOException {
        byte[] inner = udp(text("hello"));
        assertHello(LinkLayer.RAW, ipv4(UDP, inner, 24 + inner.length, 0, new byte[4]));
        assertHello(LinkLayer.RAW, ipv4(UDP, inner, 60 + inner.length, 0, new byte[40]));
    }

    @Test
    void paddingOfShortEthernetFramesIsNoPayload() throws IOException {
        assertHello(LinkLayer.ETHERNET, concat(ethernet(ETHERTYPE_IPV4, UDP_PACKET), new byte[13]));
        byte[] acknowledgement = ipv4(TCP, tcp(new byte[0], new byte[0]));
        assertSkipped(
                LinkLayer.ETHERNET,
                concat(ethernet(ETHERTYPE_IPV4, acknowledgement), new byte[6]),
                SkipReason.EMPTY_PAYLOAD);
        byte[] tcp6 = ipv6(TCP, tcp(text("hello"), new byte[0]));
        assertHello(LinkLayer.ETHERNET, concat(ethernet(ETHERTYPE_IPV6, tcp6), new byte[9]));
    }

    @Test
    void tcpPayloadBeginsBehindItsOptions() throws IOException {
        assertHello(LinkLayer.RAW, ipv4(TCP, tcp(text("hello"), new byte[0])));
        assertHello(LinkLayer.RAW, ipv4(TCP, tcp(text("hello"), new byte[12])));
        assertHello(LinkLayer.RAW, ipv6(TCP, tcp(text("hello"), new byte[40])));
        assertSkipped(LinkLayer.RAW, ipv4(TCP, tcp(new byte[0], new byte[12])), SkipReason.EMPTY_PAYLOAD);
    }

    @Test
    void udpWithoutPayloadIsEmpty() throws IOException {
        assertSkipped(LinkLayer.RAW, ipv4(UDP, udp(new byte[0])), SkipReason.EMPTY_PAYLOAD);
        assertSkipped(LinkLayer.RAW, ipv4(UDP, udp(text("hello"), 8)), SkipReason.EMPTY_PAYLOAD);
    }

    @Test
    void theUdpLengthEndsThePayload() throws IOException {
        assertHello(LinkLayer.RAW, ipv4(UDP, udp(text("hello and more"), 13)));

        byte[] padded = concat(ipv4(UDP, udp(text("hello"), 100)), new byte[13]);
        Readout longer = Readout.of(folder, PcapBytes.of(LinkLayer.RAW, padded));
        assertThat(longer.payloads()).containsExactly("hello");
        assertThat(longer.tally().cutPayloads()).isEqualTo(1);
    }

    @Test
    void ipv6ExtensionHeadersAreTakenOff() throws IOException {
        byte[] inner = udp(text("hello"));
        assertHello(LinkLayer.RAW, ipv6(0, extension(UDP, 0, inner)));
        assertHello(LinkLayer.RAW, ipv6(43, extension(UDP, 2, inner)));
        assertHello(LinkLayer.RAW, ipv6(0, extension(43, 0, extension(60, 1, extension(UDP, 3, inner)))));
        byte[] authentication = concat(new byte[] {UDP, 4}, new byte[22], inner);
        assertHello(LinkLayer.RAW, ipv6(51, authentication));
        assertSkipped(LinkLayer.RAW, ipv6(0, extension(59, 0, inner)), SkipReason.OTHER_PROTOCOL);
        byte[] longerThanThePacket = extension(UDP, 0, inner);
        longerThanThePacket[1] = (byte) 255;
        assertSkipped(LinkLayer.RAW, ipv6(0, longerThanThePacket), SkipReason.MALFORMED);
    }

    @Test
    void fragmentsAreCountedTheFirstAndTheLaterOnes() throws IOException {
        byte[] inner = udp(text("hello"));
        int moreFollow = 0x2000;
        assertSkipped(LinkLayer.RAW, ipv4(UDP, inner, 33, moreFollow, new byte[0]), SkipReason.FRAGMENT);
        assertSkipped(LinkLayer.RAW, ipv4(UDP, inner, 33, moreFollow | 185, new byte[0]), SkipReason.FRAGMENT);
        assertSkipped(LinkLayer.RAW, ipv4(UDP, inner, 33, 370, new byte[0]), SkipReason.FRAGMENT);
        assertSkipped(LinkLayer.RAW, ipv6(44, fragment(UDP, 1, inner)), SkipReason.FRAGMENT);
        assertSkipped(LinkLayer.RAW, ipv6(44, fragment(UDP, 1448, inner)), SkipReason.FRAGMENT);
    }

    @Test
    void whatOnlyLooksLikeAFragmentIsWhole() throws IOException {
        byte[] inner = udp(text("hello"));
        int doNotFragment = 0x4000;
        assertHello(LinkLayer.RAW, ipv4(UDP, inner, 33, doNotFragment, new byte[0]));
        assertHello(LinkLayer.RAW, ipv6(44, fragment(UDP, 0, inner)));
    }

    @Test
    void aLengthOfZeroMeansAllOfTheFrame() throws IOException {
        assertHello(LinkLayer.RAW, ipv4(TCP, tcp(text("hello"), new byte[0]), 0, 0, new byte[0]));
        assertHello(LinkLayer.RAW, ipv6(TCP, tcp(text("hello"), new byte[0]), 0));
        assertHello(LinkLayer.RAW, ipv6(0, extension(UDP, 0, udp(text("hello"), 0)), 0));
    }

    @Test
    void headersThatContradictEachOtherAreMalformed() throws IOException {
        byte[] inner = udp(text("hello"));
        byte[] shortHeader = UDP_PACKET.clone();
        shortHeader[0] = 0x44;
        assertSkipped(LinkLayer.RAW, shortHeader, SkipReason.MALFORMED);
        assertSkipped(LinkLayer.RAW, ipv4(UDP, inner, 19, 0, new byte[0]), SkipReason.MALFORMED);
        assertSkipped(LinkLayer.RAW, ipv4(UDP, inner, 27, 0, new byte[0]), SkipReason.MALFORMED);
        assertSkipped(LinkLayer.RAW, ipv4(UDP, udp(text("hello"), 7)), SkipReason.MALFORMED);
        byte[] shortTcp = ipv4(TCP, tcp(text("hello"), new byte[0]));
        shortTcp[32] = 0x40;
        assertSkipped(LinkLayer.RAW, shortTcp, SkipReason.MALFORMED);
        assertSkipped(LinkLayer.RAW, new byte[0], SkipReason.MALFORMED);
    }

    @Test
    void aSnapshotLengthCutsPayloadsAndSaysSo() throws IOException {
        byte[] frame = ethernet(ETHERTYPE_IPV4, UDP_PACKET);
        PcapBytes capture = PcapBytes.ethernet();
        for (int captured = 0; captured <= frame.length; captured++) {
            capture.cutPacket(frame, captured);
        }

        Readout read = Readout.of(folder, capture.bytes());

        assertThat(read.payloads()).containsExactly("h", "he", "hel", "hell", "hello");
        assertThat(read.tally().cutPayloads()).isEqualTo(4);
        assertThat(read.tally().skipped()).isEqualTo(Map.of(SkipReason.CUT_BEFORE_PAYLOAD, frame.length - 4L));
        assertThat(read.tally().packets()).isEqualTo(frame.length + 1L);
        assertThat(read.tally().failed()).isFalse();
    }

    private void assertHello(int linkType, byte[] frame) throws IOException {
        Readout read = Readout.of(folder, PcapBytes.of(linkType, frame));
        assertThat(read.payloads()).containsExactly("hello");
        assertThat(read.tally().skipped()).isEmpty();
        assertThat(read.tally().cutPayloads()).isZero();
        assertThat(read.tally().damage()).isEmpty();
    }

    private void assertSkipped(int linkType, byte[] frame, SkipReason reason) throws IOException {
        Readout read = Readout.of(folder, PcapBytes.of(linkType, frame));
        assertThat(read.payloads()).isEmpty();
        assertThat(read.tally().packets()).isEqualTo(1);
        assertThat(read.tally().skipped()).isEqualTo(Map.of(reason, 1L));
        assertThat(read.tally().damage()).isEmpty();
    }
}
