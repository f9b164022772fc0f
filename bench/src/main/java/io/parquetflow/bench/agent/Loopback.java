package io.parquetflow.bench.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/**
 * An ordinary receiver: sends itself datagrams, one after the other, and says what one takes, sent and received. Knows nothing
 * of the agent.
 */
public final class Loopback {
    private static final int SIZE = 256;
    private static final int BATCH = 1_000;
    private static final int WARM_UP = 100;
    private static final int BATCHES = 300;

    private Loopback() {}

    /**
     * Starts.
     *
     * @param arguments none
     * @throws IOException when loopback does not work
     */
    public static void main(String[] arguments) throws IOException {
        try (DatagramChannel receiver = DatagramChannel.open();
                DatagramChannel sender = DatagramChannel.open()) {
            receiver.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            sender.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress to = (InetSocketAddress) receiver.getLocalAddress();
            ByteBuffer out = ByteBuffer.allocateDirect(SIZE);
            ByteBuffer in = ByteBuffer.allocateDirect(SIZE);
            long[] tookNs = new long[BATCHES];
            for (int batch = -WARM_UP; batch < BATCHES; batch++) {
                long start = System.nanoTime();
                for (int i = 0; i < BATCH; i++) {
                    sender.send(out.clear(), to);
                    receiver.receive(in.clear());
                }
                if (batch >= 0) {
                    tookNs[batch] = (System.nanoTime() - start) / BATCH;
                }
            }
            Arrays.sort(tookNs);
            System.out.println("datagram_ns_p50=" + tookNs[BATCHES / 2] + " p5=" + tookNs[BATCHES / 20] + " p95="
                    + tookNs[BATCHES - BATCHES / 20]);
        }
    }
}
