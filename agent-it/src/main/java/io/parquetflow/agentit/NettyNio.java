package io.parquetflow.agentit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** Through the JDK's channels, as Netty 4.2 wants it written. */
final class NettyNio implements NettyTransport {
    @Override
    public EventLoopGroup group(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
    }

    @Override
    public Class<? extends ServerChannel> server() {
        return NioServerSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> client() {
        return NioSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> datagram() {
        return NioDatagramChannel.class;
    }
}
