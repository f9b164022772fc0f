package io.parquetflow.cli.captures;

import java.util.ArrayList;
import java.util.List;

/**
 * The packets of a pcapng file (draft-ietf-opsawg-pcapng): sections of blocks, each section in the byte order of its
 * own header. Blocks of other types than these are passed over.
 *
 * <pre>
 * block      type u32 | length of all u32 | body | length of all u32
 * section    magic u32 | major u16 | minor u16 | section length i64 | options
 * interface  link type u16 | reserved u16 | snapshot length u32 | options
 * enhanced   interface u32 | ticks, high half u32 | low half u32 | captured u32 | original u32 | packet | options
 * obsolete   interface u16 | drops u16 | ticks, high half u32 | low half u32 | captured u32 | original u32 | packet ...
 * simple     original u32 | packet
 * </pre>
 */
final class PcapngReader extends PacketReader {
    /** The same in both byte orders, so that a section can tell its own. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final long BYTE_ORDER = 0x1a2b3c4dL;
    private static final int MAJOR_VERSION = 1;
    /** Where a block's body begins. */
    private static final int BODY = 8;

    private static final int TRAILER_BYTES = 4;
    /** The longest packet that is believed, and as much again for its options. */
    private static final int MAX_BLOCK_BYTES = 32 * 1024 * 1024;
    /** A machine has hundreds; a file of nothing but interfaces must not fill the memory. */
    private static final int MAX_INTERFACES = 65_536;

    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private boolean littleEndian;
    private long start;

    PcapngReader(ByteSource source, PacketFilter filter) {
        super(source, filter);
    }

    @Override
    public String format() {
        return "pcapng";
    }

    @Override
    Step step() {
        start = source.offset();
        int least = BODY + TRAILER_BYTES;
        int have = source.want(least);
        if (have == 0) {
            return end("no packet in it");
        }
        if (have < least) {
            return endsInside("a block header", start, least, have);
        }
        int type = (int) u32(0);
        if (type == SECTION) {
            littleEndian = Bytes.u32(source.bytes(), source.at() + BODY, true) == BYTE_ORDER;
            if (u32(BODY) != BYTE_ORDER) {
                return corrupt("section has no byte-order magic", start, BYTE_ORDER, u32(BODY));
            }
        }
        long length = u32(4);
        if (length < least || length > MAX_BLOCK_BYTES || (length & 3) != 0) {
            return corrupt("block length is out of bounds, or no multiple of 4", start, MAX_BLOCK_BYTES, length);
        }
        return switch (type) {
            case SECTION, INTERFACE, OBSOLETE_PACKET, SIMPLE_PACKET, ENHANCED_PACKET -> known(type, (int) length);
            default -> unknown((int) length);
        };
    }

    private Step unknown(int length) {
        long skipped = source.skip(length - TRAILER_BYTES);
        int have = source.want(TRAILER_BYTES);
        if (have < TRAILER_BYTES) {
            return endsInside("a block", start, length, skipped + have);
        }
        long again = u32(0);
        source.take(TRAILER_BYTES);
        return again == length ? Step.NOTHING : corrupt("block's two lengths differ", start, length, again);
    }

    private Step known(int type, int length) {
        int have = source.want(length);
        if (have < length) {
            return endsInside(type == SECTION || type == INTERFACE ? "a block" : "a packet", start, length, have);
        }
        int bodyEnd = length - TRAILER_BYTES;
        if (u32(bodyEnd) != length) {
            return corrupt("block's two lengths differ", start, length, u32(bodyEnd));
        }
        int least =
                switch (type) {
                    case SECTION -> 16;
                    case INTERFACE -> 8;
                    case SIMPLE_PACKET -> 4;
                    default -> 20;
                };
        if (bodyEnd - BODY < least) {
            return corrupt("block is too short for its type", start, least, bodyEnd - BODY);
        }
        Step step =
                switch (type) {
                    case SECTION -> section();
                    case INTERFACE -> describe(bodyEnd);
                    case SIMPLE_PACKET -> simplePacket(bodyEnd);
                    case OBSOLETE_PACKET -> packet(u16(BODY), bodyEnd);
                    default -> packet(u32(BODY), bodyEnd);
                };
        source.take(length);
        return step;
    }

    private Step section() {
        int major = u16(BODY + 4);
        interfaces.clear();
        return major == MAJOR_VERSION
                ? Step.NOTHING
                : corrupt("pcapng version is not supported", start, MAJOR_VERSION, major);
    }

    private Step describe(int bodyEnd) {
        if (interfaces.size() == MAX_INTERFACES) {
            return corrupt("section has too many interfaces", start, MAX_INTERFACES, MAX_INTERFACES + 1L);
        }
        int at = source.at();
        interfaces.add(PcapngInterface.parse(source.bytes(), at + BODY, at + bodyEnd, littleEndian));
        return Step.NOTHING;
    }

    private Step packet(long interfaceIndex, int bodyEnd) {
        if (interfaceIndex >= interfaces.size()) {
            return corrupt("packet of an interface nobody described", start, interfaces.size() - 1L, interfaceIndex);
        }
        PcapngInterface from = interfaces.get((int) interfaceIndex);
        int data = BODY + 20;
        long captured = u32(BODY + 12);
        int bound = Math.min(from.bound(), bodyEnd - data);
        if (captured > bound) {
            return corrupt("captured length is out of bounds", start, bound, captured);
        }
        long ticks = u32(BODY + 4) << 32 | u32(BODY + 8);
        long original = u32(BODY + 16);
        return packet(from.linkType(), source.at() + data, (int) captured, original, from.timeNs(ticks));
    }

    /** Always of the first interface, without a time, and without a captured length: that follows from the others. */
    private Step simplePacket(int bodyEnd) {
        if (interfaces.isEmpty()) {
            return corrupt("packet of an interface nobody described", start, Damage.NOT_KNOWN, 0);
        }
        PcapngInterface from = interfaces.get(0);
        int data = BODY + 4;
        long original = u32(BODY);
        long cutTo = from.snapLength() == 0 ? original : Math.min(original, from.snapLength());
        int captured = (int) Math.min(cutTo, Math.min(from.bound(), bodyEnd - data));
        return packet(from.linkType(), source.at() + data, captured, original, NO_TIME);
    }

    private int u16(int at) {
        return Bytes.u16(source.bytes(), source.at() + at, littleEndian);
    }

    private long u32(int at) {
        return Bytes.u32(source.bytes(), source.at() + at, littleEndian);
    }
}
