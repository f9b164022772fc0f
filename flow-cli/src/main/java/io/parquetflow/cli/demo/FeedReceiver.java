package io.parquetflow.cli.demo;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.Stream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * An ordinary receiver: a non-blocking socket, and one call for each datagram. The histogram is what that call costs.
 *
 * <p>Not thread-safe.
 */
final class FeedReceiver implements AutoCloseable {
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final long SILENCE_NS = 5_000_000_000L;
    private static final long HIGHEST_NS = 10_000_000_000L;

    private final DatagramChannel channel;
    private final Histogram callNs = new Histogram(HIGHEST_NS, 3);
    private long received;

    FeedReceiver() throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Receives until the feed says that it ends. */
    void receive(LogSink sink) throws IOException {
        Stream stream = sink.stream("market");
        ByteBuffer datagram = ByteBuffer.allocateDirect(2_048);
        long last = System.nanoTime();
        while (true) {
            datagram.clear();
            if (channel.receive(datagram) == null) {
                if (System.nanoTime() - last > SILENCE_NS) {
                    throw new SocketTimeoutException("the feed fell silent: messages=" + received
                            + "; is another program filtering loopback traffic?");
                }
                LockSupport.parkNanos(20_000);
                continue;
            }
            datagram.flip();
            last = System.nanoTime();
            if (datagram.get(0) == MarketMessage.END) {
                return;
            }
            stream.tryRecord(datagram, Recorder.OUR_CLOCK, datagram.getLong(MarketMessage.SENT_NS));
            callNs.recordValue(Math.min(HIGHEST_NS, System.nanoTime() - last));
            received++;
        }
    }

    long received() {
        return received;
    }

    Histogram callNs() {
        return callNs;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
