package io.parquetflow.cli.captures;

/**
 * The way from a captured frame to its IP packet. Link types: the registry of LINKTYPE_ values that pcap and pcapng
 * share.
 *
 * <pre>
 * Ethernet (14)  destination 6 | source 6 | EtherType u16
 * VLAN tag (4)   tag u16 | EtherType u16         any number, where an EtherType says so
 * SLL (16)       type u16 | ARPHRD u16 | address length u16 | address 8 | EtherType u16
 * SLL2 (20)      EtherType u16 | reserved u16 | interface u32 | ARPHRD u16 | type u8 | address length u8 | address 8
 * null, loop (4) address family u32, in either byte order
 * </pre>
 */
final class LinkLayer {
    static final int NULL = 0;
    static final int ETHERNET = 1;
    static final int RAW = 101;
    static final int LOOP = 108;
    static final int LINUX_SLL = 113;
    static final int IPV4 = 228;
    static final int IPV6 = 229;
    static final int LINUX_SLL2 = 276;

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int PROVIDER_VLAN = 0x88a8;
    /** Of QinQ before IEEE 802.1ad; switches still write it. */
    private static final int OLD_QINQ = 0x9100;

    private static final int VLAN_BYTES = 4;

    private LinkLayer() {}

    /** Moves to the IP header. False, with the reason in the packet, where there is none. */
    static boolean open(Packet packet, int linkType) {
        return switch (linkType) {
            case ETHERNET -> etherType(packet, 12, 14);
            case LINUX_SLL -> etherType(packet, 14, 16);
            case LINUX_SLL2 -> etherType(packet, 0, 20);
            case RAW, IPV4, IPV6 -> true;
            case NULL, LOOP -> family(packet);
            default -> packet.skip(SkipReason.UNSUPPORTED_LINK_TYPE);
        };
    }

    private static boolean etherType(Packet packet, int typeAt, int headerBytes) {
        if (!packet.has(headerBytes)) {
            return false;
        }
        int type = packet.u16(typeAt);
        packet.take(headerBytes);
        while (type == VLAN || type == PROVIDER_VLAN || type == OLD_QINQ) {
            if (!packet.has(VLAN_BYTES)) {
                return false;
            }
            type = packet.u16(2);
            packet.take(VLAN_BYTES);
        }
        return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6 || packet.skip(SkipReason.NOT_IP);
    }

    /** The number of the family for IPv6 differs from one operating system to the next. */
    private static boolean family(Packet packet) {
        if (!packet.has(4)) {
            return false;
        }
        // One of the halves is zero, whichever the byte order.
        int first = packet.u16(0);
        int second = packet.u16(2);
        int family = first == 0 ? second : Integer.reverseBytes(first) >>> 16;
        packet.take(4);
        return switch (family) {
            case 2, 10, 24, 28, 30 -> true;
            default -> packet.skip(SkipReason.NOT_IP);
        };
    }
}
