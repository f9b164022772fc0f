package io.parquetflow.cli.captures;

/** The way from a UDP (RFC 768) or TCP (RFC 9293) header to the payload behind it. */
final class TransportLayer {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int UDP_BYTES = 8;
    private static final int TCP_BYTES = 20;

    private TransportLayer() {}

    /** Moves to the payload and sets its length. False, with the reason in the packet, where there is none. */
    static boolean open(Packet packet, PacketFilter filter) {
        return switch (packet.protocol()) {
            case UDP -> udp(packet, filter);
            case TCP -> tcp(packet, filter);
            default -> packet.skip(SkipReason.OTHER_PROTOCOL);
        };
    }

    private static boolean udp(Packet packet, PacketFilter filter) {
        if (!packet.has(UDP_BYTES)) {
            return false;
        }
        if (!filter.udpPorts(packet.u16(0), packet.u16(2))) {
            return packet.skip(SkipReason.FILTERED);
        }
        int length = packet.u16(4);
        if (length > 0 && length < UDP_BYTES) {
            return packet.skip(SkipReason.MALFORMED);
        }
        // 0 is for datagrams longer than the field can say (RFC 2675): up to the end of the IP packet.
        long declared = length == 0 ? packet.declared() : length;
        packet.take(UDP_BYTES);
        return packet.payload(declared - UDP_BYTES);
    }

    private static boolean tcp(Packet packet, PacketFilter filter) {
        if (filter.udpOnly()) {
            return packet.skip(SkipReason.FILTERED);
        }
        if (!packet.has(TCP_BYTES)) {
            return false;
        }
        int headerBytes = (packet.u8(12) >>> 4) * 4;
        if (headerBytes < TCP_BYTES) {
            return packet.skip(SkipReason.MALFORMED);
        }
        if (!packet.has(headerBytes)) {
            return false;
        }
        packet.take(headerBytes);
        return packet.payload(packet.declared());
    }
}
