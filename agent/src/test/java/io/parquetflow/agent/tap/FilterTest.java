package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static byte[] at(String address) {
        return address.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void takesPortsFromFirstToLast() {
        Filter filter = new Filter(26_400, 26_499, null);
        assertThat(filter.takesLocalPort(26_399)).isFalse();
        assertThat(filter.takesLocalPort(26_400)).isTrue();
        assertThat(filter.takesLocalPort(26_499)).isTrue();
        assertThat(filter.takesLocalPort(26_500)).isFalse();
        assertThat(filter.takesRemote(at("10.1.2.3:5"))).isTrue();
    }

    @Test
    void takesAddressesWithOrWithoutAPort() {
        Filter any = new Filter(0, 65_535, "10.1.*");
        assertThat(any.takesRemote(at("10.1.2.3:5"))).isTrue();
        assertThat(any.takesRemote(at("10.11.2.3:5"))).isFalse();
        assertThat(any.takesRemote(at("110.1.2.3:5"))).isFalse();
        assertThat(any.takesRemote(null)).isTrue();
        Filter one = new Filter(0, 65_535, "10.1.2.3");
        assertThat(one.takesRemote(at("10.1.2.3:5"))).isTrue();
        assertThat(one.takesRemote(at("10.1.2.33:5"))).isFalse();
        Filter port = new Filter(0, 65_535, "10.1.2.3:5");
        assertThat(port.takesRemote(at("10.1.2.3:5"))).isTrue();
        assertThat(port.takesRemote(at("10.1.2.3:55"))).isFalse();
    }

    @Test
    void addressesAreTextWithoutANameBeingLookedUp() throws Exception {
        InetAddress six = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertThat(Addresses.text(new InetSocketAddress(six, 7))).isEqualTo(at("[0:0:0:0:0:0:0:1]:7"));
        assertThat(Addresses.text(InetSocketAddress.createUnresolved("no.such.host", 7)))
                .isEqualTo(at("no.such.host:7"));
        assertThat(Addresses.text(null)).isNull();
    }
}
