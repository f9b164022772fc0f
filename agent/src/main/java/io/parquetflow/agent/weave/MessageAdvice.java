package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;

/** Copied into a method whose first argument is a message: of the object that it is called on. */
final class MessageAdvice {
    private MessageAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@PointId int point, @Advice.This Object self, @Advice.Argument(0) Object message) {
        Dispatcher.seen(point, self, message, 0, 0, null);
    }
}
