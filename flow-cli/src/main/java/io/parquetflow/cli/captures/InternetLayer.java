package io.parquetflow.cli.captures;

/**
 * The way from an IP header to the transport header behind it: IPv4 (RFC 791) with options, IPv6 (RFC 8200) with its
 * extension headers. Fragments end here, and so do hosts nobody asked for; the host is asked for first.
 */
final class InternetLayer {
    private static final int IPV4_BYTES = 20;
    /** More fragments follow, or an offset other than 0. */
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;

    private static final int IPV6_BYTES = 40;
    private static final int IPV6_FRAGMENT_MASK = 0xfff9;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;
    /** Every extension header is at least this long. */
    private static final int EXTENSION_BYTES = 8;

    private InternetLayer() {}

    /** Moves to the transport header and sets the protocol. False, with the reason in the packet, for no payload. */
    static boolean open(Packet packet, PacketFilter filter) {
        if (!packet.has(1)) {
            return false;
        }
        return switch (packet.u8(0) >>> 4) {
            case 4 -> version4(packet, filter);
            case 6 -> version6(packet, filter);
            default -> packet.skip(SkipReason.NOT_IP);
        };
    }

    private static boolean version4(Packet packet, PacketFilter filter) {
        if (!packet.has(IPV4_BYTES)) {
            return false;
        }
        if (!filter.hosts(packet.bytes(), packet.at() + 12, packet.at() + 16, 4)) {
            return packet.skip(SkipReason.FILTERED);
        }
        int headerBytes = (packet.u8(0) & 0xf) * 4;
        int total = packet.u16(2);
        // A network card that cuts segments itself is handed packets of total length 0: all of the frame is meant.
        if (total != 0) {
            packet.declare(total);
        }
        if (headerBytes < IPV4_BYTES) {
            return packet.skip(SkipReason.MALFORMED);
        }
        if (!packet.has(headerBytes)) {
            return false;
        }
        if ((packet.u16(6) & IPV4_FRAGMENT_MASK) != 0) {
            return packet.skip(SkipReason.FRAGMENT);
        }
        packet.protocol(packet.u8(9));
        packet.take(headerBytes);
        return true;
    }

    private static boolean version6(Packet packet, PacketFilter filter) {
        if (!packet.has(IPV6_BYTES)) {
            return false;
        }
        if (!filter.hosts(packet.bytes(), packet.at() + 8, packet.at() + 24, 16)) {
            return packet.skip(SkipReason.FILTERED);
        }
        int length = packet.u16(4);
        // 0 is for jumbograms (RFC 2675) and for segments still to be cut.
        if (length != 0) {
            packet.declare(IPV6_BYTES + length);
        }
        int next = packet.u8(6);
        packet.take(IPV6_BYTES);
        return extensions(packet, next);
    }

    /** Ends: every extension header moves on by 8 bytes or more, and there are no more than were captured. */
    private static boolean extensions(Packet packet, int first) {
        int next = first;
        while (next == HOP_BY_HOP
                || next == ROUTING
                || next == DESTINATION
                || next == AUTHENTICATION
                || next == FRAGMENT) {
            if (!packet.has(EXTENSION_BYTES)) {
                return false;
            }
            int length =
                    switch (next) {
                        case FRAGMENT -> EXTENSION_BYTES;
                        case AUTHENTICATION -> Math.max(EXTENSION_BYTES, (packet.u8(1) + 2) * 4);
                        default -> (packet.u8(1) + 1) * 8;
                    };
            // A fragment header on a packet that is whole (RFC 6946) does not make it a fragment.
            if (next == FRAGMENT && (packet.u16(2) & IPV6_FRAGMENT_MASK) != 0) {
                return packet.skip(SkipReason.FRAGMENT);
            }
            if (!packet.has(length)) {
                return false;
            }
            next = packet.u8(0);
            packet.take(length);
        }
        packet.protocol(next);
        return true;
    }
}
