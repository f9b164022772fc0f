package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import java.net.DatagramPacket;
import net.bytebuddy.asm.Advice;

/** Copied into {@code void receive(DatagramPacket)}: a datagram of a datagram socket. */
final class PacketAdvice {
    private PacketAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@PointId int point, @Advice.This Object self, @Advice.Argument(0) DatagramPacket packet) {
        Dispatcher.seen(
                point,
                self,
                packet.getData(),
                packet.getOffset(),
                (long) packet.getOffset() + packet.getLength(),
                packet.getSocketAddress());
    }
}
