package io.parquetflow.cli.captures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Builds a pcap file byte by byte. */
final class PcapBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final boolean modified;

    PcapBytes(ByteOrder order, long magic, int linkType) {
        this(order, magic, linkType, 262_144);
    }

    PcapBytes(ByteOrder order, long magic, int linkType, int snapLength) {
        this.order = order;
        this.modified = magic == PcapReader.MODIFIED;
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt((int) magic).putShort((short) 2).putShort((short) 4);
        header.putInt(0).putInt(0).putInt(snapLength).putInt(linkType);
        out.writeBytes(header.array());
    }

    static PcapBytes ethernet() {
        return new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapReader.MICROSECONDS, LinkLayer.ETHERNET);
    }

    /** Little-endian, microseconds, one packet. */
    static byte[] of(int linkType, byte[] frame) {
        return new PcapBytes(ByteOrder.LITTLE_ENDIAN, PcapReader.MICROSECONDS, linkType)
                .packet(1, 0, frame)
                .bytes();
    }

    PcapBytes packet(long seconds, long ticks, byte[] frame) {
        return header(seconds, ticks, frame.length, frame.length).raw(frame);
    }

    /** As a recorder with a snapshot length does: the packet was longer than what is kept of it. */
    PcapBytes cutPacket(byte[] frame, int captured) {
        byte[] kept = Arrays.copyOf(frame, captured);
        return header(1, 0, captured, frame.length).raw(kept);
    }

    PcapBytes header(long seconds, long ticks, int captured, int original) {
        ByteBuffer header = ByteBuffer.allocate(modified ? 24 : 16).order(order);
        header.putInt((int) seconds).putInt((int) ticks).putInt(captured).putInt(original);
        return raw(header.array());
    }

    PcapBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
