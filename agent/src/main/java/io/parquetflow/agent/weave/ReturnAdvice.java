package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Copied into the methods of a pointcut: what they return. */
final class ReturnAdvice {
    private ReturnAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@PointId int point, @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object returned) {
        Dispatcher.seen(point, null, returned, 0, 0, null);
    }
}
