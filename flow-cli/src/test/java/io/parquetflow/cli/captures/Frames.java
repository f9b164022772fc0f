package io.parquetflow.cli.captures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds packets layer by layer, byte by byte, from the inside out. Network byte order throughout. */
final class Frames {
    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_IPV6 = 0x86dd;
    static final int TCP = 6;
    static final int UDP = 17;
    static final byte[] SOURCE_V4 = {(byte) 192, 0, 2, 1};
    static final byte[] TARGET_V4 = {(byte) 198, 51, 100, 7};
    static final byte[] SOURCE_V6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    static final byte[] TARGET_V6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
    static final int SOURCE_PORT = 1111;
    static final int TARGET_PORT = 16648;

    private Frames() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ethernet, IPv4, UDP: the frame most tests need. */
    static byte[] udpFrame(String payload) {
        return ethernet(ETHERTYPE_IPV4, ipv4(UDP, udp(text(payload))));
    }

    static byte[] ethernet(int etherType, byte[] inner) {
        return concat(new byte[12], u16(etherType), inner);
    }

    /** What stands before a tagged packet, to be put inside {@link #ethernet} of type {@code 0x8100} and the like. */
    static byte[] tagged(int innerEtherType, byte[] inner) {
        return concat(u16(0x2064), u16(innerEtherType), inner);
    }

    static byte[] ipv4(int protocol, byte[] inner) {
        return ipv4(protocol, inner, 20 + inner.length, 0, new byte[0]);
    }

    static byte[] ipv4(int protocol, byte[] inner, int totalLength, int flagsAndOffset, byte[] options) {
        return concat(
                new byte[] {(byte) (0x40 | (5 + options.length / 4)), 0},
                u16(totalLength),
                u16(7),
                u16(flagsAndOffset),
                new byte[] {64, (byte) protocol, 0, 0},
                SOURCE_V4,
                TARGET_V4,
                options,
                inner);
    }

    static byte[] ipv6(int nextHeader, byte[] inner) {
        return ipv6(nextHeader, inner, inner.length);
    }

    static byte[] ipv6(int nextHeader, byte[] inner, int length) {
        byte[] first = {0x60, 0, 0, 0};
        return concat(first, u16(length), new byte[] {(byte) nextHeader, 64}, SOURCE_V6, TARGET_V6, inner);
    }

    /** Hop-by-hop, routing and destination headers; {@code eights} is the length field, which does not count the first eight. */
    static byte[] extension(int nextHeader, int eights, byte[] inner) {
        return concat(new byte[] {(byte) nextHeader, (byte) eights}, new byte[6 + 8 * eights], inner);
    }

    static byte[] fragment(int nextHeader, int offsetAndMore, byte[] inner) {
        return concat(new byte[] {(byte) nextHeader, 0}, u16(offsetAndMore), new byte[4], inner);
    }

    static byte[] udp(byte[] payload) {
        return udp(payload, 8 + payload.length);
    }

    static byte[] udp(byte[] payload, int length) {
        return concat(u16(SOURCE_PORT), u16(TARGET_PORT), u16(length), u16(0), payload);
    }

    static byte[] tcp(byte[] payload, byte[] options) {
        byte[] flags = {(byte) ((5 + options.length / 4) << 4), 0x18};
        return concat(u16(SOURCE_PORT), u16(TARGET_PORT), new byte[8], flags, new byte[6], options, payload);
    }

    static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
