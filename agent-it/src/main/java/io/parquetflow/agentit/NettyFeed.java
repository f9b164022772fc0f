package io.parquetflow.agentit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * A feed with Netty from a client to a server in the same process: by TCP, by TCP with TLS, and by UDP, one after the other. The
 * decoder keeps the length in front of each message, so that what the application counts is what was on the wire.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that failed is a message that never comes
public final class NettyFeed {
    static final int MESSAGES = 400;
    private static final String PASSWORD = "changeit";
    private static final int UNANSWERED = 16;

    private final NettyTransport transport;
    private final EventLoopGroup group;
    private final Random random = new Random(42);

    private NettyFeed(NettyTransport transport) {
        this.transport = transport;
        this.group = transport.group(2);
    }

    /** Arguments: {@code nio} or {@code epoll}, and a key store of the type PKCS12. */
    public static void main(String[] args) throws Exception {
        System.out.println("pid=" + ProcessHandle.current().pid());
        NettyFeed feed = new NettyFeed(args[0].equals("nio") ? new NettyNio() : new NettyEpoll());
        try {
            feed.tcp("tcp", null);
            feed.tcp("tls", context(Path.of(args[1])));
            feed.udp();
        } finally {
            feed.group
                    .shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS)
                    .sync();
        }
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    /** Ends with a message of its own length only, as the last. */
    private void tcp(String name, SSLContext tls) throws Exception {
        Tally tally = new Tally(name);
        Semaphore received = new Semaphore(0);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(transport.server())
                .childHandler(pipeline(tls, false, () -> new Messages(tally, received)))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        System.out.println(name + ".port=" + port(server));
        Channel client = new Bootstrap()
                .group(group)
                .channel(transport.client())
                .handler(pipeline(tls, true, () -> new Messages(new Tally("none"), received)))
                .connect(server.localAddress())
                .sync()
                .channel();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] body = body(i % 50 == 0 ? 20_000 : 200);
            client.write(Unpooled.buffer(4 + body.length).writeInt(body.length).writeBytes(body));
            if (i % 5 == 0) {
                client.flush();
            }
        }
        client.flush();
        received.acquire(MESSAGES);
        client.close().sync();
        server.close().sync();
        tally.print();
    }

    private static ChannelHandler pipeline(SSLContext tls, boolean client, Supplier<ChannelHandler> messages) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                if (tls != null) {
                    SSLEngine engine = tls.createSSLEngine();
                    engine.setUseClientMode(client);
                    pipeline.addLast(new SslHandler(engine));
                }
                pipeline.addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4), messages.get());
            }
        };
    }

    private void udp() throws Exception {
        Tally tally = new Tally("udp");
        Semaphore unanswered = new Semaphore(UNANSWERED);
        Channel server = new Bootstrap()
                .group(group)
                .channel(transport.datagram())
                .handler(new Datagrams(tally, unanswered))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        System.out.println("udp.port=" + port(server));
        Channel client = new Bootstrap()
                .group(group)
                .channel(transport.datagram())
                .handler(new Datagrams(new Tally("none"), unanswered))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        for (int i = 0; i < MESSAGES; i++) {
            unanswered.acquire();
            client.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(body(600)), (InetSocketAddress) server.localAddress()));
        }
        unanswered.acquire(UNANSWERED);
        client.close().sync();
        server.close().sync();
        tally.print();
    }

    private byte[] body(int most) {
        byte[] body = new byte[1 + random.nextInt(most)];
        random.nextBytes(body);
        return body;
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static byte[] copyOf(ByteBuf content) {
        byte[] copy = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), copy);
        return copy;
    }

    private static final class Messages extends SimpleChannelInboundHandler<ByteBuf> {
        private final Tally tally;
        private final Semaphore received;

        Messages(Tally tally, Semaphore received) {
            this.tally = tally;
            this.received = received;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            tally.count(copyOf(message));
            received.release();
        }
    }

    private static final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Tally tally;
        private final Semaphore unanswered;

        Datagrams(Tally tally, Semaphore unanswered) {
            this.tally = tally;
            this.unanswered = unanswered;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (packet.refCnt() == 1) { // else somebody kept it, and its memory is never given back
                tally.count(copyOf(packet.content()));
            }
            unanswered.release();
        }
    }
}
