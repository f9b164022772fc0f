package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/** Copied into {@code SocketAddress receive(ByteBuffer)}: a datagram, an empty one as well. */
final class ReceiveAdvice {
    private ReceiveAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int enter(@Advice.Argument(0) ByteBuffer buffer) {
        return buffer.position();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
            @PointId int point,
            @Advice.This Object self,
            @Advice.Argument(0) ByteBuffer buffer,
            @Advice.Enter int from,
            @Advice.Return Object sender) {
        if (sender != null) {
            Dispatcher.seen(point, self, buffer, from, buffer.position(), sender);
        }
    }
}
