package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/** Copied into {@code int send(ByteBuffer, SocketAddress)}; a datagram that was not sent has not moved its buffer. */
final class SendAdvice {
    private SendAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int enter(@Advice.Argument(0) ByteBuffer buffer) {
        return buffer.position();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
            @PointId int point,
            @Advice.This Object self,
            @Advice.Argument(0) ByteBuffer buffer,
            @Advice.Argument(1) Object receiver,
            @Advice.Enter int from,
            @Advice.Return int count) {
        if (count > 0 || buffer.remaining() == 0) {
            Dispatcher.seen(point, self, buffer, from, (long) from + count, receiver);
        }
    }
}
