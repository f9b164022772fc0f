package com.acme;

import io.netty.buffer.ByteBuf;
import io.parquetflow.agentit.Tally;
import org.agrona.DirectBuffer;

/** Methods with payloads of other people's types; a class of its own, as it does not load without them. */
final class Foreign {
    final Tally netty = new Tally("bytebuf");
    final Tally agrona = new Tally("directbuffer");

    void onByteBuf(ByteBuf message) {
        byte[] copy = new byte[message.readableBytes()];
        message.readBytes(copy);
        if (message.refCnt() == 1) { // else somebody kept it, and its memory is never given back
            netty.count(copy);
        }
    }

    void onDirectBuffer(DirectBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        agrona.count(copy);
    }
}
