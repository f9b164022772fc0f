package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;

/** Copied into the methods of a pointcut: the argument that holds the payload is found by its type. */
final class PayloadAdvice {
    private PayloadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@PointId int point, @Payload Object payload, @PayloadFrom int from, @PayloadLength int length) {
        Dispatcher.seen(point, null, payload, from, length, null);
    }
}
