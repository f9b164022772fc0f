package io.parquetflow.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The application of {@code flow demo --agent}: receives datagrams, counts them, and knows nothing of ours. So that its
 * sender never gets ahead of it, it says now and then how far it is.
 */
final class PlainReceiver {
    static final int ACKNOWLEDGED = 64;
    private static final int SOCKET_BUFFER = 4 << 20;

    private PlainReceiver() {}

    public static void main(String[] args) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println("port " + ((InetSocketAddress) channel.getLocalAddress()).getPort());
            System.out.println(receive(channel));
        }
    }

    private static String receive(DatagramChannel channel) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(2_048);
        ByteBuffer reply = ByteBuffer.allocateDirect(Long.BYTES);
        long datagrams = 0;
        long bytes = 0;
        while (true) {
            SocketAddress sender = channel.receive(datagram.clear());
            datagrams++;
            bytes += datagram.position();
            if (datagram.get(0) == MarketMessage.END) {
                return "received " + datagrams + " " + bytes;
            }
            if (datagrams % ACKNOWLEDGED == 0) {
                channel.send(reply.clear().putLong(datagrams).flip(), sender);
            }
        }
    }
}
