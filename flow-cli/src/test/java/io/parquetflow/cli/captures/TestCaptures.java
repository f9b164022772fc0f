package io.parquetflow.cli.captures;

/** Small captures for tests of other packages. */
public final class TestCaptures {
    private TestCaptures() {}

    /** Ethernet, IPv4, UDP from 192.0.2.1 to port 16648; the first packet at second 1, then one a second. */
    public static byte[] pcap(String... payloads) {
        return builder(payloads).bytes();
    }

    /** Ends in a packet of 1,490 bytes of which 460 are there. */
    public static byte[] truncatedPcap(String... payloads) {
        return builder(payloads).header(99, 0, 1490, 1490).raw(new byte[460]).bytes();
    }

    /** Ends in a packet whose length cannot be. */
    public static byte[] corruptPcap(String... payloads) {
        return builder(payloads).header(99, 0, -1, 60).raw(new byte[460]).bytes();
    }

    private static PcapBytes builder(String... payloads) {
        PcapBytes capture = PcapBytes.ethernet();
        for (int i = 0; i < payloads.length; i++) {
            capture.packet(i + 1, 0, Frames.udpFrame(payloads[i]));
        }
        return capture;
    }
}
