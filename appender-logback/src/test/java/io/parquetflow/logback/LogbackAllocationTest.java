package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an event costs the caller in garbage, above what Logback itself makes. */
class LogbackAllocationTest {
    private static final int EVENTS = 200_000;
    private static final int MOST_BYTES = 64;

    @TempDir
    private Path directory;

    @Test
    void anEventAllocatesLittleAboveLogbacksOwn() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.getMDCAdapter().put("orderId", "A-1234567");
        context.getMDCAdapter().put("session", "gateway-7");
        ParquetAppender appender = new ParquetAppender();
        appender.setContext(context);
        appender.setName("PARQUET");
        appender.setDirectory(directory.toString());
        appender.start();
        try {
            LoggingEvent event = new LoggingEvent(
                    "fqcn",
                    context.getLogger("com.acme.Orders"),
                    Level.INFO,
                    "order {} filled at {} by {}",
                    null,
                    new Object[] {4_211L, 101.25, "bob"});
            event.prepareForDeferredProcessing(); // Logback's own part: name, MDC, message
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            log(appender, event);
            long before = threads.getThreadAllocatedBytes(thread);
            log(appender, event);
            long each = (threads.getThreadAllocatedBytes(thread) - before) / EVENTS;
            assertThat(each).as("bytes an event").isLessThanOrEqualTo(MOST_BYTES);
        } finally {
            appender.stop();
        }
    }

    private static void log(ParquetAppender appender, LoggingEvent event) {
        for (int i = 0; i < EVENTS; i++) {
            appender.append(event);
        }
    }
}
