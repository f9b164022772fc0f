package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import net.bytebuddy.asm.Advice;
import org.agrona.concurrent.status.Position;

/** Copied into the poll methods of an Aeron image: what lies between two positions of its stream was handed out. */
final class ImagePollAdvice {
    private ImagePollAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter(@Advice.FieldValue("subscriberPosition") Position position) {
        return position.get();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(
            @PointId int point,
            @Advice.This Object self,
            @Advice.FieldValue("subscriberPosition") Position position,
            @Advice.FieldValue("termBuffers") Object buffers,
            @Advice.Enter long before) {
        long after = position.get();
        if (after > before) {
            Dispatcher.seen(point, self, buffers, before, after, null);
        }
    }
}
