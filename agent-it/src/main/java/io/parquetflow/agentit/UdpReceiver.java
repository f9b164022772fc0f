package io.parquetflow.agentit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A receiver of a feed by UDP, in one of the ways in which applications read: {@code receive}, {@code read} and {@code scatter}
 * (connected), {@code select} (non-blocking), {@code socket} ({@code DatagramSocket}). Each {@link #EVERY}th datagram is
 * acknowledged, so that a sender can pace itself and the kernel drops nothing.
 */
public final class UdpReceiver {
    /** Datagrams for one acknowledgement; far below what fits in the socket's buffer. */
    public static final int EVERY = 32;

    private static final int ROOM = 1 << 16;
    private static final int ACKNOWLEDGEMENT = 8;

    private final Tally tally = new Tally("udp");
    private final SocketAddress sender;
    private final ByteBuffer acknowledgement = ByteBuffer.allocateDirect(ACKNOWLEDGEMENT);

    private UdpReceiver(SocketAddress sender) {
        this.sender = sender;
    }

    /** Arguments: the way to read, and the port of the sender. */
    public static void main(String[] args) throws Exception {
        SocketAddress sender = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        UdpReceiver receiver = new UdpReceiver(sender);
        if (args[0].equals("socket")) {
            receiver.receiveWithSocket();
        } else {
            receiver.receiveWithChannel(args[0]);
        }
        receiver.tally.print();
    }

    private void receiveWithChannel(String way) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            if (way.equals("read") || way.equals("scatter")) {
                channel.connect(sender);
            }
            System.out.println("port=" + ((InetSocketAddress) channel.getLocalAddress()).getPort());
            Console console = Console.over(tally, channel);
            switch (way) {
                case "receive" -> receive(channel, console);
                case "read" -> read(channel, console);
                case "scatter" -> scatter(channel, console);
                case "select" -> select(channel, console);
                default -> throw new IllegalArgumentException(way);
            }
        } catch (ClosedChannelException e) {
            return; // the console's way to end a read that waits
        }
    }

    private void receive(DatagramChannel channel, Console console) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
        while (console.wantsMore()) {
            buffer.clear();
            SocketAddress from = channel.receive(buffer);
            tally.count(buffer.flip());
            acknowledge(channel, from);
        }
    }

    private void read(DatagramChannel channel, Console console) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(ROOM); // on the heap: the other kind
        while (console.wantsMore()) {
            buffer.clear();
            channel.read(buffer);
            tally.count(buffer.flip());
            acknowledge(channel, sender);
        }
    }

    /** A header of 40 bytes apart from the rest, which begins in the middle of its buffer. */
    private void scatter(DatagramChannel channel, Console console) throws IOException {
        ByteBuffer unused = ByteBuffer.allocateDirect(8);
        ByteBuffer header = ByteBuffer.allocateDirect(40);
        ByteBuffer body = ByteBuffer.allocateDirect(ROOM);
        ByteBuffer[] buffers = {unused, header, body};
        byte[] message = new byte[ROOM];
        while (console.wantsMore()) {
            header.clear();
            body.clear().position(16);
            long read = channel.read(buffers, 1, 2);
            int inHeader = header.flip().remaining();
            header.get(message, 0, inHeader);
            body.flip().position(16).get(message, inHeader, body.remaining());
            tally.count(message, 0, (int) read);
            acknowledge(channel, sender);
        }
    }

    private void select(DatagramChannel channel, Console console) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (console.wantsMore() && channel.isOpen()) {
                selector.select(10);
                selector.selectedKeys().clear();
                SocketAddress from = channel.receive(buffer.clear());
                while (from != null) {
                    tally.count(buffer.flip());
                    acknowledge(channel, from);
                    from = channel.receive(buffer.clear());
                }
            }
        }
    }

    private void acknowledge(DatagramChannel channel, SocketAddress to) throws IOException {
        if (tally.messages() % EVERY == 0) {
            acknowledgement.clear().putLong(tally.messages()).flip();
            if (channel.isConnected()) {
                channel.write(acknowledgement);
            } else {
                channel.send(acknowledgement, to);
            }
        }
    }

    private void receiveWithSocket() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(4 << 20);
            System.out.println("port=" + socket.getLocalPort());
            Console console = Console.over(tally, socket);
            byte[] array = new byte[ROOM];
            DatagramPacket packet = new DatagramPacket(array, 8, ROOM - 8); // not at the beginning
            while (console.wantsMore()) {
                packet.setLength(ROOM - 8);
                socket.receive(packet);
                tally.count(packet.getData(), packet.getOffset(), packet.getLength());
                if (tally.messages() % EVERY == 0) {
                    acknowledgement.clear().putLong(0, tally.messages());
                    byte[] number = new byte[ACKNOWLEDGEMENT];
                    acknowledgement.get(number);
                    socket.send(new DatagramPacket(number, ACKNOWLEDGEMENT, packet.getSocketAddress()));
                }
            }
        } catch (java.net.SocketException e) {
            System.out.println("ended=" + e.getMessage());
        }
    }
}
