package io.parquetflow.agentit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** UDP payloads of a real market feed's capture, which is not part of the repository. */
final class RealFeed {
    /** All payloads of the file in order: its description says so, too. */
    static final Count COUNT =
            new Count(121_314, 15_159_512, "695d7f0a20f81cbc10f8dd4d3fad51078d1ff1fcd1205f684bdc214046262b6f");

    private static final Path FILE = Path.of(System.getProperty("project.root"), "../shared/data/iex-deep-1.0.pcap.gz");
    private static final int UDP_PAYLOAD_AT = 14 + 20 + 8;

    private RealFeed() {}

    /** Payloads of a little-endian pcap of Ethernet, IPv4 and UDP, up to where it is cut off. */
    static List<byte[]> payloads() throws IOException {
        assumeTrue(Files.exists(FILE), "the real feed is not there: " + FILE);
        List<byte[]> payloads = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(FILE), 1 << 16))) {
            in.readFully(new byte[24]);
            byte[] header = new byte[16];
            while (true) {
                in.readFully(header);
                byte[] packet = new byte
                        [ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(8)];
                in.readFully(packet);
                int udpBytes = ByteBuffer.wrap(packet).getShort(UDP_PAYLOAD_AT - 4) - 8;
                payloads.add(Arrays.copyOfRange(packet, UDP_PAYLOAD_AT, UDP_PAYLOAD_AT + udpBytes));
            }
        } catch (EOFException e) {
            return payloads; // real captures end in the middle of a packet
        }
    }
}
