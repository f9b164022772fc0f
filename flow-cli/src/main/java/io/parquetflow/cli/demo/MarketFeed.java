package io.parquetflow.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The demo's feed: a process of its own that sends messages over UDP on loopback, at a rate, for a while. */
public final class MarketFeed {
    /** The end is said more than once: datagrams get lost. */
    private static final int FAREWELLS = 5;

    private MarketFeed() {}

    /**
     * Sends.
     *
     * @param args port, messages a second, seconds
     * @throws IOException when the socket refuses
     */
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        long rate = Long.parseLong(args[1]);
        long count = rate * Long.parseLong(args[2]);
        MarketMessage messages = new MarketMessage();
        ByteBuffer buffer = ByteBuffer.allocateDirect(MarketMessage.BYTES);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) {
                pace(start + i * 1_000_000_000L / rate);
                buffer.clear();
                messages.next(buffer, i, now());
                channel.write(buffer.flip());
            }
            for (int i = 0; i < FAREWELLS; i++) {
                buffer.clear();
                MarketMessage.end(buffer, count, now());
                channel.write(buffer.flip());
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Sleeps while there is time, so that the demo does not take a core for pacing. */
    static void pace(long dueNanoTime) {
        long wait;
        while ((wait = dueNanoTime - System.nanoTime()) > 0) {
            if (wait > 200_000) {
                LockSupport.parkNanos(wait - 100_000);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
