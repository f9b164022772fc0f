package io.parquetflow.cli.captures;

/** What the two packet formats share: the way from a captured packet to its payload. */
abstract sealed class PacketReader extends PayloadReader permits PcapReader, PcapngReader {
    /** The usual "everything" of recorders: four times the longest IP packet. Headers often promise less than they hold. */
    private static final int LEAST_BOUND_BYTES = 4 * 65_535;
    /** No recorder makes longer packets, and a damaged length is mostly beyond it. */
    private static final int MAX_BOUND_BYTES = 16 * 1024 * 1024;

    private final PacketFilter filter;
    private final Packet packet = new Packet();

    PacketReader(ByteSource source, PacketFilter filter) {
        super(source);
        this.filter = filter;
    }

    /** The longest captured length that is believed, given the snapshot length that a header promises. */
    static int bound(long snapLength) {
        return (int) Math.min(Math.max(snapLength, LEAST_BOUND_BYTES), MAX_BOUND_BYTES);
    }

    /**
     * Looks for the payload of a packet whose captured bytes are in the window. The caller moves on by them, which
     * leaves the bytes where they are.
     */
    final Step packet(int linkType, int at, int captured, long originalBytes, long timeNs) {
        tally.packet();
        packet.reset(source.bytes(), at, captured, originalBytes);
        if (!LinkLayer.open(packet, linkType)
                || !InternetLayer.open(packet, filter)
                || !TransportLayer.open(packet, filter)) {
            tally.skipped(packet.reason());
            return Step.NOTHING;
        }
        if (packet.payloadCut()) {
            tally.cutPayload();
        }
        if (timeNs == NO_TIME) {
            tally.withoutTime();
        }
        return found(packet.at(), packet.payloadLength(), timeNs);
    }
}
