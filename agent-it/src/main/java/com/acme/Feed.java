package com.acme;

import io.parquetflow.agentit.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Methods with each shape of a payload of the JDK's types. */
final class Feed {
    final Tally bytes = new Tally("bytes");
    final Tally part = new Tally("part");
    final Tally packet = new Tally("packet");
    final Tally text = new Tally("text");
    static final Tally FIXED = new Tally("fixed");

    void onBytes(byte[] message) {
        bytes.count(message);
    }

    void onPart(String channel, byte[] array, int offset, int length) {
        part.count(array, offset, length);
    }

    /** Reads the buffer to its end, as applications do. */
    void onPacket(long sequence, ByteBuffer packet) {
        this.packet.count(packet);
        packet.position(packet.limit());
    }

    void onText(CharSequence text) {
        this.text.count(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Does not look at it. */
    void onUnread(CharSequence text) {
        Objects.requireNonNull(text);
    }

    static void onFixed(byte[] message) {
        FIXED.count(message);
    }

    /** Throws after it has counted: what came in, came in. */
    void onBroken(byte[] message) {
        bytes.count(message);
        throw new IllegalStateException("broken");
    }
}
