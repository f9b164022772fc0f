package io.parquetflow.cli.captures;

/**
 * The packets of a pcap file (draft-ietf-opsawg-pcap): a file header, then packets back to back, in the byte order of
 * the machine that wrote them.
 *
 * <pre>
 * file header (24)    magic u32 | major u16 | minor u16 | zone i32 | accuracy u32 | snapshot length u32 | link type u32
 * packet header (16)  seconds u32 | micro- or nanoseconds u32 | captured u32 | original u32
 *       modified (24) ... | interface u32 | protocol u16 | type u8 | padding u8
 * </pre>
 */
final class PcapReader extends PacketReader {
    /** Read big-endian; each may also be there in the other order. */
    static final long MICROSECONDS = 0xa1b2c3d4L;

    static final long NANOSECONDS = 0xa1b23c4dL;
    /** Of a Linux patch of 1999; longer packet headers. */
    static final long MODIFIED = 0xa1b2cd34L;

    private static final int FILE_HEADER_BYTES = 24;
    private static final int PACKET_HEADER_BYTES = 16;
    private static final int MODIFIED_PACKET_HEADER_BYTES = 24;
    private static final int MAJOR_VERSION = 2;
    /** The upper bits hold the length of a frame check sequence, which lies behind the IP packet and harms nobody. */
    private static final long LINK_TYPE_MASK = 0x03ffffffL;

    private boolean begun;
    private boolean littleEndian;
    private long tickNs;
    private int headerBytes;
    private int bound;
    private int linkType;

    PcapReader(ByteSource source, PacketFilter filter) {
        super(source, filter);
    }

    static boolean isMagic(long number) {
        return number == MICROSECONDS || number == NANOSECONDS || number == MODIFIED;
    }

    @Override
    public String format() {
        return "pcap";
    }

    @Override
    Step step() {
        if (!begun) {
            begun = true;
            return fileHeader();
        }
        long start = source.offset();
        int have = source.want(headerBytes);
        if (have == 0) {
            return end("no packet in it");
        }
        if (have < headerBytes) {
            return endsInside("a packet header", start, headerBytes, have);
        }
        long captured = Bytes.u32(source.bytes(), source.at() + 8, littleEndian);
        if (captured > bound) {
            return corrupt("captured length is out of bounds", start, bound, captured);
        }
        int length = (int) captured;
        have = source.want(headerBytes + length) - headerBytes;
        if (have < length) {
            return endsInside("a packet", start, length, have);
        }
        return packet(length);
    }

    private Step packet(int captured) {
        byte[] bytes = source.bytes();
        int at = source.at();
        long seconds = Bytes.u32(bytes, at, littleEndian);
        long ticks = Bytes.u32(bytes, at + 4, littleEndian);
        long original = Bytes.u32(bytes, at + 12, littleEndian);
        source.take(headerBytes + captured);
        return packet(linkType, at + headerBytes, captured, original, seconds * 1_000_000_000L + ticks * tickNs);
    }

    private Step fileHeader() {
        long start = source.offset();
        int have = source.want(FILE_HEADER_BYTES);
        if (have < FILE_HEADER_BYTES) {
            return endsInside("the pcap header", start, FILE_HEADER_BYTES, have);
        }
        byte[] bytes = source.bytes();
        int at = source.at();
        littleEndian = !isMagic(Bytes.u32(bytes, at));
        long magic = Bytes.u32(bytes, at, littleEndian);
        int major = Bytes.u16(bytes, at + 4, littleEndian);
        if (major != MAJOR_VERSION) {
            return corrupt("pcap version is not supported", start, MAJOR_VERSION, major);
        }
        tickNs = magic == NANOSECONDS ? 1 : 1000;
        headerBytes = magic == MODIFIED ? MODIFIED_PACKET_HEADER_BYTES : PACKET_HEADER_BYTES;
        bound = bound(Bytes.u32(bytes, at + 16, littleEndian));
        linkType = (int) (Bytes.u32(bytes, at + 20, littleEndian) & LINK_TYPE_MASK);
        source.take(FILE_HEADER_BYTES);
        return Step.NOTHING;
    }
}
