package com.acme;

import io.netty.buffer.Unpooled;
import io.parquetflow.agentit.Tally;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Calls each of its own methods in turn, from one thread. */
public final class Market {
    private static final int ROUNDS = 100;

    private final Random random = new Random(3);
    private final Feed feed = new Feed();
    private final Foreign foreign = new Foreign();
    private final Book book = new Book();
    private final Source source = new Source();
    private final Tally handlers = new Tally("handlers");
    private final Tally lambdas = new Tally("lambdas");

    private Market() {}

    /** No arguments. */
    public static void main(String[] args) {
        System.out.println("pid=" + ProcessHandle.current().pid());
        Market market = new Market();
        for (int i = 0; i < ROUNDS; i++) {
            market.round(i);
        }
        market.feed.bytes.print();
        market.feed.part.print();
        market.feed.packet.print();
        market.feed.text.print();
        Feed.FIXED.print();
        market.foreign.netty.print();
        market.foreign.agrona.print();
        market.source.returned.print();
        market.source.field.print();
        market.source.getter.print();
        market.handlers.print();
        market.lambdas.print();
    }

    private void round(int i) {
        feed.onBytes(message());
        try {
            feed.onBroken(message());
        } catch (IllegalStateException e) {
            feed.onBytes(new byte[0]);
        }
        byte[] array = message();
        feed.onPart("a", array, 2, array.length - 4);
        feed.onPacket(i, ByteBuffer.wrap(message()));
        feed.onPacket(i, ByteBuffer.allocateDirect(300).put(message()).flip().position(1));
        feed.onPacket(i, ByteBuffer.wrap(message()).asReadOnlyBuffer());
        feed.onText("price \u20ac " + i);
        feed.onText(CharBuffer.wrap("Z\u00fcrich \ud83d\ude80 " + i));
        Feed.onFixed(message());
        foreign.onByteBuf(
                Unpooled.directBuffer().writeByte(1).writeBytes(message()).skipBytes(1));
        foreign.onDirectBuffer(new UnsafeBuffer(message()), 1, 3);
        foreign.onDirectBuffer(new UnsafeBuffer(ByteBuffer.allocateDirect(100).put(5, array, 0, 5)), 5, 5);
        source.next(message());
        source.onField(i, new Source.Event(message(), "later " + i));
        source.onGetter(new Source.Event(message(), "\u20ac " + i));
        handlers(i);
        lambdas();
        double notional = book.update(
                i % 3 == 0 ? "MSFT" : "AAPL", i, -i, i / 4.0, i / 2f, i % 2 == 0, 'B', (byte) -i, (short) (i * 300), i);
        if (Double.isNaN(notional)) {
            throw new IllegalStateException("no number");
        }
    }

    private void handlers(int i) {
        Handler named = new Named(handlers);
        Handler anonymous = new Handler() {
            @Override
            public void onTrade(byte[] message) {
                handlers.count(message);
            }

            @Override
            public void onQuote(byte[] message) {
                handlers.count(message);
            }
        };
        named.onTrade(message());
        anonymous.onQuote(message());
        named.heartbeat(message()); // through onTrade
        if (i % 2 == 0) {
            anonymous.onTrade(message());
        }
    }

    private void lambdas() {
        Tally captured = lambdas;
        Consumer<ByteBuffer> counting = buffer -> captured.count(buffer);
        counting.accept(ByteBuffer.wrap(message()));
    }

    private byte[] message() {
        byte[] message = new byte[8 + random.nextInt(200)];
        random.nextBytes(message);
        return message;
    }

    private static final class Named implements Handler {
        private final Tally tally;

        Named(Tally tally) {
            this.tally = tally;
        }

        @Override
        public void onTrade(byte[] message) {
            tally.count(message);
        }

        @Override
        public void onQuote(byte[] message) {
            tally.count(message);
        }
    }
}
