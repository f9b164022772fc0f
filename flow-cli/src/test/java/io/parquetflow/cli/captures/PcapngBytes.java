package io.parquetflow.cli.captures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Builds a pcapng file byte by byte. */
final class PcapngBytes {
    static final int INTERFACE = 1;
    static final int OBSOLETE_PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order;

    PcapngBytes(ByteOrder order) {
        section(order);
    }

    /** A section and one Ethernet interface that counts microseconds. */
    static PcapngBytes ethernet() {
        return new PcapngBytes(ByteOrder.LITTLE_ENDIAN).describe(LinkLayer.ETHERNET, 0);
    }

    PcapngBytes section(ByteOrder of) {
        order = of;
        byte[] body = buffer(16)
                .putInt(0x1a2b3c4d)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1)
                .array();
        return block(PcapngReader.SECTION, body);
    }

    PcapngBytes describe(int linkType, int snapLength, byte[]... options) {
        byte[] fixed = buffer(8)
                .putShort((short) linkType)
                .putShort((short) 0)
                .putInt(snapLength)
                .array();
        return block(INTERFACE, Frames.concat(fixed, Frames.concat(options)));
    }

    byte[] option(int code, byte[] value) {
        byte[] header =
                buffer(4).putShort((short) code).putShort((short) value.length).array();
        return Frames.concat(header, padded(value));
    }

    byte[] resolution(int value) {
        return option(9, new byte[] {(byte) value});
    }

    byte[] offset(long seconds) {
        return option(14, buffer(8).putLong(seconds).array());
    }

    PcapngBytes enhanced(int interfaceIndex, long ticks, byte[] frame, byte[]... options) {
        byte[] fixed = buffer(4).putInt(interfaceIndex).array();
        return block(ENHANCED_PACKET, Frames.concat(fixed, timed(ticks, frame), Frames.concat(options)));
    }

    PcapngBytes obsolete(int interfaceIndex, long ticks, byte[] frame) {
        byte[] fixed =
                buffer(4).putShort((short) interfaceIndex).putShort((short) 3).array();
        return block(OBSOLETE_PACKET, Frames.concat(fixed, timed(ticks, frame)));
    }

    PcapngBytes simple(byte[] kept, int original) {
        return block(SIMPLE_PACKET, Frames.concat(buffer(4).putInt(original).array(), padded(kept)));
    }

    PcapngBytes block(int type, byte[] body) {
        return block(type, body, body.length + 12, body.length + 12);
    }

    PcapngBytes block(int type, byte[] body, int length, int again) {
        out.writeBytes(buffer(8).putInt(type).putInt(length).array());
        out.writeBytes(body);
        out.writeBytes(buffer(4).putInt(again).array());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private byte[] timed(long ticks, byte[] frame) {
        byte[] fixed = buffer(16)
                .putInt((int) (ticks >>> 32))
                .putInt((int) ticks)
                .putInt(frame.length)
                .putInt(frame.length)
                .array();
        return Frames.concat(fixed, padded(frame));
    }

    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, (bytes.length + 3) & ~3);
    }

    private ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }
}
