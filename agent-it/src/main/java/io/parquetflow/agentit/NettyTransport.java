package io.parquetflow.agentit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;

/** One of Netty's ways to reach the sockets. */
interface NettyTransport {
    EventLoopGroup group(int threads);

    Class<? extends ServerChannel> server();

    Class<? extends Channel> client();

    Class<? extends Channel> datagram();
}
