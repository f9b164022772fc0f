package io.parquetflow.agentit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A server that reads one connection to its end, as applications do: {@code channel}, {@code scatter}, {@code socket} (streams
 * of a {@code Socket}), {@code bytes} (the same, one byte at a time), {@code streams} (streams of a channel's socket). It says
 * how many bytes there were with 8 bytes of its own.
 */
public final class TcpReceiver {
    private static final int ROOM = 4096;

    private final Tally tally = new Tally("tcp");
    private long total;

    private TcpReceiver() {}

    /** Argument: the way to read. */
    public static void main(String[] args) throws Exception {
        System.out.println("pid=" + ProcessHandle.current().pid());
        TcpReceiver receiver = new TcpReceiver();
        switch (args[0]) {
            case "socket", "bytes" -> receiver.serveSocket(args[0].equals("bytes"));
            case "channel", "scatter", "streams" -> receiver.serveChannel(args[0]);
            default -> throw new IllegalArgumentException(args[0]);
        }
        receiver.tally.print();
    }

    private void serveSocket(boolean singly) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println("port=" + server.getLocalPort());
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                if (singly) {
                    for (int b = in.read(); b >= 0; b = in.read()) {
                        count(new byte[] {(byte) b}, 0, 1);
                    }
                } else {
                    readAll(in);
                }
                socket.getOutputStream().write(answer().array());
            }
        }
    }

    private void readAll(InputStream in) throws IOException {
        byte[] array = new byte[ROOM];
        for (int n = in.read(array, 3, ROOM - 3); n >= 0; n = in.read(array, 3, ROOM - 3)) {
            count(array, 3, n);
        }
    }

    private void serveChannel(String way) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println("port=" + ((InetSocketAddress) server.getLocalAddress()).getPort());
            try (SocketChannel channel = server.accept()) {
                switch (way) {
                    case "channel" -> read(channel);
                    case "scatter" -> scatter(channel);
                    default -> readAll(channel.socket().getInputStream());
                }
                channel.write(answer());
            }
        }
    }

    private void read(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
        while (channel.read(buffer.clear()) >= 0) {
            total += buffer.flip().remaining();
            tally.count(buffer);
        }
    }

    private void scatter(SocketChannel channel) throws IOException {
        ByteBuffer[] buffers = {ByteBuffer.allocate(100), ByteBuffer.allocateDirect(ROOM)};
        byte[] message = new byte[100 + ROOM];
        buffers[0].clear();
        buffers[1].clear();
        while (channel.read(buffers) >= 0) {
            int first = buffers[0].flip().remaining();
            buffers[0].get(message, 0, first);
            int second = buffers[1].flip().remaining();
            buffers[1].get(message, first, second);
            count(message, 0, first + second);
            buffers[0].clear();
            buffers[1].clear();
        }
    }

    private void count(byte[] array, int offset, int length) {
        total += length;
        tally.count(array, offset, length);
    }

    private ByteBuffer answer() {
        return ByteBuffer.allocate(8).putLong(total).flip();
    }
}
