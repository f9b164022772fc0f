package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketFilterTest {
    private static final List<String> ANY = List.of();

    @TempDir
    Path folder;

    @Test
    void aPortMatchesTheSourceOrTheDestination() throws IOException {
        assertThat(passed(List.of("16648"), ANY)).containsExactly("udp4", "udp6");
        assertThat(passed(List.of("1111"), ANY)).containsExactly("udp4", "udp6");
        assertThat(passed(List.of("1110", "1112"), ANY)).isEmpty();
        assertThat(passed(List.of("9", "16000-16999"), ANY)).containsExactly("udp4", "udp6");
        assertThat(passed(List.of("16649-65535", "0-1110"), ANY)).isEmpty();
    }

    @Test
    void aHostMatchesTheSourceOrTheDestination() throws IOException {
        assertThat(passed(ANY, List.of("192.0.2.1"))).containsExactly("udp4", "tcp4");
        assertThat(passed(ANY, List.of("198.51.100.7"))).containsExactly("udp4", "tcp4");
        assertThat(passed(ANY, List.of("192.0.2.2"))).isEmpty();
        assertThat(passed(ANY, List.of("2001:db8::1"))).containsExactly("udp6");
        assertThat(passed(ANY, List.of("2001:DB8:1::2"))).containsExactly("udp6");
        assertThat(passed(ANY, List.of("10.0.0.1", "192.0.2.1", "2001:db8::1")))
                .containsExactly("udp4", "tcp4", "udp6");
        assertThat(passed(ANY, List.of("::ffff:192.0.2.1"))).containsExactly("udp4", "tcp4");
    }

    @Test
    void aPrefixMatchesItsNetwork() throws IOException {
        assertThat(passed(ANY, List.of("192.0.2.0/24"))).containsExactly("udp4", "tcp4");
        assertThat(passed(ANY, List.of("192.0.3.0/23"))).containsExactly("udp4", "tcp4");
        assertThat(passed(ANY, List.of("192.0.3.0/24"))).isEmpty();
        assertThat(passed(ANY, List.of("192.0.2.3/30"))).containsExactly("udp4", "tcp4");
        assertThat(passed(ANY, List.of("192.0.2.3/31"))).isEmpty();
        assertThat(passed(ANY, List.of("64.0.0.0/1"))).isEmpty();
        assertThat(passed(ANY, List.of("0.0.0.0/0"))).containsExactly("udp4", "tcp4");
        assertThat(passed(ANY, List.of("2001:db8::/32"))).containsExactly("udp6");
        assertThat(passed(ANY, List.of("2001:db8:2::/47"))).isEmpty();
    }

    @Test
    void portsAndHostsTogetherMustBothMatch() throws IOException {
        assertThat(passed(List.of("16648"), List.of("192.0.2.1"))).containsExactly("udp4");
        assertThat(passed(List.of("1"), List.of("192.0.2.1"))).isEmpty();
    }

    @Test
    void whatIsFilteredIsCounted() throws IOException {
        ImportTally tally = Readout.of(folder, mixed(), PacketFilter.of(List.of("16648"), List.of("2001:db8::1")))
                .tally();

        assertThat(tally.packets()).isEqualTo(3);
        assertThat(tally.payloads()).isEqualTo(1);
        assertThat(tally.skipped(SkipReason.FILTERED)).isEqualTo(2);
        assertThat(tally.failed()).isFalse();
    }

    @Test
    void portsThatAreNoneAreRefusedWithTheWayOut() {
        for (String wrong : List.of("", "x", "-1", "65536", "2-1", "1-", "1-65536", "1,2", "99999999999")) {
            assertThatThrownBy(() -> PacketFilter.of(List.of(wrong), ANY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("--udp-port is no port and no range: value=" + wrong
                            + "; write 16648 or 16000-16999, at most 65535");
        }
    }

    @Test
    void namesOfHostsAreRefusedWithoutLookingThemUp() {
        for (String wrong : List.of("", "localhost", "example.com", "1.2.3", "1.2.3.4.5", "1.2.3.256", "010.1.1.1")) {
            assertNoAddress(wrong);
        }
        for (String wrong :
                List.of(":::", "1::2::3", "fe80::1%eth0", "cafe", "1.2.3.4/", "1.2.3.4/x", "[::1]", ".:1")) {
            assertNoAddress(wrong);
        }
    }

    @Test
    void prefixesLongerThanTheAddressAreRefused() {
        assertThatThrownBy(() -> PacketFilter.of(ANY, List.of("192.0.2.0/33")))
                .hasMessage("--host has too long a prefix: value=192.0.2.0/33; at most /32");
        assertThatThrownBy(() -> PacketFilter.of(ANY, List.of("::1/129")))
                .hasMessage("--host has too long a prefix: value=::1/129; at most /128");
    }

    private static void assertNoAddress(String wrong) {
        assertThatThrownBy(() -> PacketFilter.of(ANY, List.of(wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--host is no IP address: value=" + wrong
                        + "; names are not looked up, write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32");
    }

    private List<String> passed(List<String> ports, List<String> hosts) throws IOException {
        return Readout.of(folder, mixed(), PacketFilter.of(ports, hosts)).payloads();
    }

    private static byte[] mixed() {
        return new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapReader.MICROSECONDS, LinkLayer.RAW)
                .packet(1, 0, Frames.ipv4(Frames.UDP, Frames.udp(Frames.text("udp4"))))
                .packet(1, 0, Frames.ipv4(Frames.TCP, Frames.tcp(Frames.text("tcp4"), new byte[0])))
                .packet(1, 0, Frames.ipv6(Frames.UDP, Frames.udp(Frames.text("udp6"))))
                .bytes();
    }
}
