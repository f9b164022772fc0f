package io.parquetflow.agentit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * A receiver with room for a few datagrams, which reads only when it is told to, at standard input, all that is there by
 * then, and says how many it has had: what came meanwhile and found no room, the kernel has dropped.
 */
public final class SlowReceiver {
    private static final int SMALLEST = 2304;

    private SlowReceiver() {}

    /** No arguments. */
    public static void main(String[] args) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALLEST);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            System.out.println("port=" + ((InetSocketAddress) channel.getLocalAddress()).getPort());
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            long received = 0;
            int line = 0;
            for (int c = System.in.read(); c >= 0 && c != 'q'; c = System.in.read()) {
                if (c != '\n') {
                    continue;
                }
                while (channel.receive(buffer.clear()) != null) {
                    received++;
                }
                line++;
                System.out.println("received=" + received);
                System.out.println("line=" + line);
            }
        }
    }
}
