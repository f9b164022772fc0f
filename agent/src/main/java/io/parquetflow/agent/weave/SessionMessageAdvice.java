package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;

/** Copied into a method whose first argument is a session or context, and whose second one is its message. */
final class SessionMessageAdvice {
    private SessionMessageAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@PointId int point, @Advice.Argument(0) Object session, @Advice.Argument(1) Object message) {
        Dispatcher.seen(point, session, message, 0, 0, null);
    }
}
