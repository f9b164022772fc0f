package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.parquetflow.log.EventSink;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that live for one event. On JDK 21 and later: before, there are none that are virtual. */
class LogbackVirtualThreadsTest {
    private static final int THREADS = 10_000;

    /** Shared ones, and some for those that met while they held one. */
    private static final int MOST_DRAFTS = 64 + 64;

    @TempDir
    private Path directory;

    @Test
    void tenThousandVirtualThreadsShareAFewDrafts() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
        AtomicInteger drafts = new AtomicInteger();
        LoggerContext context = new LoggerContext();
        try (EventSink<ILoggingEvent> sink = EventSink.open(
                "PARQUET",
                Map.of("directory", directory.toString(), "drop-below", "TRACE", "wait-at-most", "1s"),
                Map.of(),
                () -> {
                    drafts.incrementAndGet();
                    return new LogbackDraft(false);
                },
                (level, line, cause) -> {})) {
            UnsynchronizedAppenderBase<ILoggingEvent> appender = new UnsynchronizedAppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    sink.append(event, LogbackDraft.severity(event.getLevel()));
                }
            };
            appender.start();
            Logger logger = context.getLogger("com.acme.Orders");
            logger.addAppender(appender);
            Method startVirtualThread = Thread.class.getMethod("startVirtualThread", Runnable.class);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                Runnable task = () -> logger.info("thread {}", number);
                threads.add((Thread) startVirtualThread.invoke(null, task));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(Rows.of(directory, "select count(*), count(distinct body), count(distinct thread_id) from logs"))
                .containsExactly(THREADS + "|" + THREADS + "|" + THREADS);
        assertThat(drafts.get()).isBetween(1, MOST_DRAFTS);
    }
}
