package io.parquetflow.agentit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sends a feed to {@link UdpReceiver}, never further ahead of its acknowledgements than what the kernel keeps. */
final class UdpSender implements AutoCloseable {
    private static final int AHEAD = 4 * UdpReceiver.EVERY;
    private static final int TIMEOUT_MS = 20_000;

    private final DatagramSocket socket;
    private long sent;
    private long acknowledged;

    UdpSender() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(TIMEOUT_MS);
    }

    int port() {
        return socket.getLocalPort();
    }

    long sent() {
        return sent;
    }

    /** Messages of 0 to most bytes, the same ones each time. */
    static List<byte[]> madeUp(int messages, int most) {
        Random random = new Random(11);
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            byte[] message = new byte[random.nextInt(most + 1)];
            random.nextBytes(message);
            all.add(message);
        }
        return all;
    }

    void send(List<byte[]> messages, int port) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        DatagramPacket packet = new DatagramPacket(new byte[0], 0, to);
        DatagramPacket answer = new DatagramPacket(new byte[8], 8);
        for (byte[] message : messages) {
            while (sent - acknowledged >= AHEAD) {
                try {
                    socket.receive(answer);
                } catch (SocketTimeoutException e) {
                    throw new AssertionError("sent=" + sent + ", acknowledged=" + acknowledged, e);
                }
                acknowledged = ByteBuffer.wrap(answer.getData()).getLong();
            }
            packet.setData(message);
            socket.send(packet);
            sent++;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
