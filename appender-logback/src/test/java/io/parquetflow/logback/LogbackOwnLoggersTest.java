package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The process's own SLF4J goes to the appender with every level, parquet-java's loggers among the others. */
class LogbackOwnLoggersTest {
    @TempDir
    private Path directory;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    private static final class Names extends AppenderBase<ILoggingEvent> {
        private final Set<String> names = ConcurrentHashMap.newKeySet();

        @Override
        protected void append(ILoggingEvent event) {
            names.add(event.getLoggerName());
        }
    }

    @AfterEach
    void restore() {
        context.reset();
    }

    @Test
    @Timeout(60)
    void whatWritingEventsLogsIsInNoFileAndStopsNothing() throws Exception {
        context.reset();
        Contexts.configure(
                context,
                Contexts.parquet(directory, "<rotateRows>500</rotateRows><durability>machine</durability>"),
                "PARQUET");
        Names names = new Names();
        names.setContext(context);
        names.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(names);
        root.setLevel(Level.TRACE);
        Logger logger = context.getLogger("com.acme.Orders");
        Logger parquet = context.getLogger("org.apache.parquet.hadoop.ParquetFileWriter");
        Logger ours = context.getLogger("io.parquetflow.capture.Writer");
        for (int i = 0; i < 5_000; i++) {
            logger.trace("event {}", i);
            parquet.trace("from outside {}", i);
            ours.error("from outside {}", i);
            if (i % 100 == 0) {
                Thread.sleep(1);
            }
        }
        context.stop();
        assertThat(names.names).contains(parquet.getName(), ours.getName());
        assertThat(Rows.of(directory, "select logger, count(*), count(distinct body) from logs group by 1"))
                .containsExactly("com.acme.Orders|5000|5000");
    }
}
