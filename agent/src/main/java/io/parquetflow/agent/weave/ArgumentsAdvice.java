package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;

/** Copied into the methods of a pointcut that makes a column of each argument. */
final class ArgumentsAdvice {
    private ArgumentsAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@PointId int point, @Advice.AllArguments Object[] arguments) {
        Dispatcher.seen(point, null, arguments, 0, 0, null);
    }
}
