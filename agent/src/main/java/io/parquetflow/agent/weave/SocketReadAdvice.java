package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;

/** Copied into {@code int read(byte[], int, int)} of a stream that a socket gave. */
final class SocketReadAdvice {
    private SocketReadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
            @PointId int point,
            @OwnerField Object owner,
            @Advice.Argument(0) byte[] bytes,
            @Advice.Argument(1) int offset,
            @Advice.Return int count) {
        if (count > 0) {
            Dispatcher.seen(point, owner, bytes, offset, (long) offset + count, null);
        }
    }
}
