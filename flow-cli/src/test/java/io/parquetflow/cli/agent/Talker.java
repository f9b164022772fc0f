package io.parquetflow.cli.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A program that sends itself a datagram every millisecond, until its input ends. */
public final class Talker {
    private Talker() {}

    public static void main(String[] args) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        try (DatagramChannel to = DatagramChannel.open();
                DatagramChannel from = DatagramChannel.open()) {
            to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println("ready");
            for (long i = 0; System.in.available() == 0; i++) {
                from.send(buffer.clear().putLong(i).flip(), to.getLocalAddress());
                to.receive(buffer.clear());
                Thread.sleep(1);
            }
        }
    }
}
