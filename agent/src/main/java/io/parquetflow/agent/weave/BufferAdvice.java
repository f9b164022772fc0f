package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/** Copied into {@code int read(ByteBuffer)} and {@code int write(ByteBuffer)}: what lies between two positions. */
final class BufferAdvice {
    private BufferAdvice() {}

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
            @Advice.Return int count) {
        if (count > 0) {
            Dispatcher.seen(point, self, buffer, from, (long) from + count, null);
        }
    }
}
