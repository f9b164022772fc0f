package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/** Copied into {@code long read(ByteBuffer[], int, int)} and {@code write}: one read, whatever it is scattered over. */
final class BuffersAdvice {
    private BuffersAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static int[] enter(
            @Advice.Argument(0) ByteBuffer[] buffers, @Advice.Argument(1) int offset, @Advice.Argument(2) int length) {
        return Dispatcher.positions(buffers, offset, length);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
            @PointId int point,
            @Advice.This Object self,
            @Advice.Argument(0) ByteBuffer[] buffers,
            @Advice.Argument(1) int offset,
            @Advice.Enter int[] from,
            @Advice.Return long count) {
        if (count > 0 && from != null) {
            Dispatcher.seen(point, self, buffers, offset, count, from);
        }
    }
}
