package io.parquetflow.agentit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;

/** Through Netty's own native code, written so that Netty 4.1 knows it. */
final class NettyEpoll implements NettyTransport {
    @Override
    @SuppressWarnings("deprecation") // in 4.2, which has another way
    public EventLoopGroup group(int threads) {
        return new EpollEventLoopGroup(threads);
    }

    @Override
    public Class<? extends ServerChannel> server() {
        return EpollServerSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> client() {
        return EpollSocketChannel.class;
    }

    @Override
    public Class<? extends Channel> datagram() {
        return EpollDatagramChannel.class;
    }
}
