package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.MutableLogEvent;
import org.apache.logging.log4j.message.ReusableMessageFactory;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event of Log4j's garbage-free kind makes no garbage with us either. */
class Log4jAllocationTest {
    private static final int EVENTS = 200_000;

    @TempDir
    private Path directory;

    @Test
    void aGarbageFreeEventAllocatesNothing() {
        ParquetAppender appender = ParquetAppender.newBuilder()
                .setName("parquet")
                .setDirectory(directory.toString())
                .build();
        appender.start();
        try {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            MutableLogEvent event = event();
            log(appender, event, EVENTS); // compiled, and grown to its events
            long before = threads.getThreadAllocatedBytes(thread);
            log(appender, event, EVENTS);
            long each = (threads.getThreadAllocatedBytes(thread) - before) / EVENTS;
            assertThat(each).as("bytes an event").isZero();
        } finally {
            appender.stop();
        }
    }

    private static void log(ParquetAppender appender, MutableLogEvent event, int times) {
        for (int i = 0; i < times; i++) {
            appender.append(event);
        }
    }

    private static MutableLogEvent event() {
        MutableLogEvent event = new MutableLogEvent(new StringBuilder(), new Object[10]);
        event.setLevel(Level.INFO);
        event.setLoggerName("com.acme.Orders");
        event.setThreadName(Thread.currentThread().getName());
        event.setThreadId(Thread.currentThread().getId());
        SortedArrayStringMap context = new SortedArrayStringMap();
        context.putValue("orderId", "A-1234567");
        context.putValue("session", "gateway-7");
        event.setContextData(context);
        event.setMessage(
                ReusableMessageFactory.INSTANCE.newMessage("order {} filled at {} by {}", 4_211L, 101.25, "bob"));
        return event;
    }
}
