package io.parquetflow.agentit;

import com.acme.Desk;
import com.acme.Market;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The module's applications, each with its class path and flags; and the other end of the server's connection. */
final class Applications {
    private static final String PASSWORD = "changeit";

    private Applications() {}

    static Program udp(Path directory, String way, UdpSender sender) {
        return Program.in(directory, UdpReceiver.class).arguments(way, sender.port());
    }

    static Program tcp(Path directory, String way) {
        return Program.in(directory, TcpReceiver.class).arguments(way);
    }

    /** Sends it in odd pieces, and waits until the server says that it has all. */
    static void sendByTcp(byte[] stream, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int at = 0; at < stream.length; at += 777) {
                socket.getOutputStream().write(stream, at, Math.min(777, stream.length - at));
            }
            socket.shutdownOutput();
            long received =
                    ByteBuffer.wrap(socket.getInputStream().readNBytes(8)).getLong();
            if (received != stream.length) {
                throw new AssertionError("received=" + received);
            }
        }
    }

    static Program netty(Path directory) throws Exception {
        return Program.in(directory, NettyFeed.class, "netty").arguments("nio", keys(directory));
    }

    static Program nettyWithEpoll(Path directory) throws Exception {
        return Program.in(directory, NettyFeed.class, "netty-epoll").arguments("epoll", keys(directory));
    }

    static Program aeron(Path directory) {
        return Program.in(directory, AeronFeed.class, "aeron").withAgrona().arguments(directory);
    }

    static Program quickFix(Path directory) {
        return Program.in(directory, FixFeed.class, "quickfixj");
    }

    static Program market(Path directory) {
        return Program.in(directory, Market.class, "netty", "aeron").withAgrona();
    }

    static Program desk(Path directory) {
        return Program.in(directory, Desk.class);
    }

    static Program hello(Path directory) {
        return Program.in(directory, Hello.class);
    }

    /** A key and its certificate, made on the spot: one that lies around would expire some day. */
    private static Path keys(Path directory) throws Exception {
        Path store = directory.resolve("keys.p12");
        if (!Files.exists(store)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "own",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool ended with " + keytool.exitValue());
            }
        }
        return store;
    }
}
