package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;

/** Copied into a method whose first argument is a message, of an object that holds its session in a field. */
final class OwnedMessageAdvice {
    private OwnedMessageAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@PointId int point, @OwnerField Object session, @Advice.Argument(0) Object message) {
        Dispatcher.seen(point, session, message, 0, 0, null);
    }
}
