package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations come and go while threads log; contexts and appenders are started again. */
class Log4jReconfigureStressTest {
    private static final int THREADS = 4;
    private static final int TIMES = 6;
    private static final long APART_MS = 150;

    @TempDir
    private Path directory;

    private LoggerContext context;

    private URI configuration() throws Exception {
        Path xml = directory.resolve("log4j2.xml");
        // Nothing is below TRACE: everything may wait, and so nothing is dropped.
        Files.writeString(
                xml,
                "<Configuration><Appenders><File name='text' fileName='" + directory.resolve("events.txt")
                        + "'><PatternLayout pattern='%m%n'/></File><Parquet name='parquet' directory='"
                        + directory.resolve("logs")
                        + "' dropBelow='TRACE' waitAtMost='1s'/></Appenders><Loggers><Root level='ALL'><AppenderRef ref='text'/>"
                        + "<AppenderRef ref='parquet'/></Root></Loggers></Configuration>");
        return xml.toUri();
    }

    private List<String> rows(String sql) throws Exception {
        return Rows.of(directory.resolve("logs"), sql);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void everyEventIsThereOnceThoughConfigurationsComeAndGo() throws Exception {
        context = new LoggerContext("reconfigured", null, configuration());
        context.start();
        long logged = logWhileReconfiguring();
        assertThat(rows("select count(*) from logs")).containsExactly(Long.toString(logged));
    }

    /** Of which Log4j 2.26 loses many while it reconfigures: no appender ever sees them. */
    @Test
    void everyEventThatAsyncLoggersHandOnIsThereOnceThoughConfigurationsComeAndGo() throws Exception {
        context = new AsyncLoggerContext("reconfigured", null, configuration());
        context.start();
        logWhileReconfiguring();
    }

    /** Answers how many events were logged. */
    private long logWhileReconfiguring() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong logged = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Logger logger = context.getLogger("com.acme.T" + t);
            int of = t;
            threads.add(new Thread(() -> {
                for (long i = 0; !over.get(); i++) {
                    logger.info("event {} of {}", i, of);
                    logged.incrementAndGet();
                    if (i % 8 == 0) {
                        LockSupport.parkNanos(50_000); // the test is not about millions
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (int i = 0; i < TIMES; i++) {
            Thread.sleep(APART_MS);
            Appender before = context.getConfiguration().getAppender("parquet");
            context.reconfigure();
            assertThat((Object) context.getConfiguration().getAppender("parquet"))
                    .isNotSameAs(before);
        }
        Thread.sleep(APART_MS);
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        context.stop();
        List<String> inTheTextFile = Files.readAllLines(directory.resolve("events.txt"));
        inTheTextFile.sort(null);
        List<String> bodies = rows("select body from logs order by encode(body)");
        assertThat(bodies.equals(inTheTextFile))
                .as("%d of us, %d in the text file", bodies.size(), inTheTextFile.size())
                .isTrue();
        assertThat(rows("select count(distinct body), count(distinct writer) from logs"))
                .containsExactly(inTheTextFile.size() + "|" + (TIMES + 1));
        assertThat(rows("select filename, count(distinct writer) as writers from read_parquet('"
                        + directory.resolve("logs") + "/*.parquet', filename=true) group by 1 having writers > 1"))
                .isEmpty();
        // In the order in which a thread logged them, within an instance.
        assertThat(rows("select * from (select cast(args[1] as bigint) - lag(cast(args[1] as bigint)) over"
                        + " (partition by logger, writer order by seq) as step from logs) where step <= 0"))
                .isEmpty();
        return logged.get();
    }

    @Test
    void aContextIsStartedAgain() throws Exception {
        context = new LoggerContext("again", null, configuration());
        for (int i = 0; i < 3; i++) {
            context.start();
            context.getLogger("com.acme.Orders").info("start {}", i);
            context.stop();
        }
        assertThat(rows("select body from logs order by body")).containsExactly("start 0", "start 1", "start 2");
        assertThat(segments()).hasSize(3);
    }

    @Test
    void anAppenderIsStartedAgain() throws Exception {
        context = new LoggerContext("again", null, configuration());
        context.start();
        Logger logger = context.getLogger("com.acme.Orders");
        Appender appender = context.getConfiguration().getAppender("parquet");
        logger.info("before");
        appender.stop();
        appender.start();
        logger.info("after");
        context.stop();
        assertThat(rows("select body from logs order by writer, seq")).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void anAppenderThatIsStartedTwiceHasOneSink() throws Exception {
        context = new LoggerContext("twice", null, configuration());
        context.start();
        Appender appender = context.getConfiguration().getAppender("parquet");
        context.getLogger("com.acme.Orders").info("before");
        appender.start();
        context.getLogger("com.acme.Orders").info("after");
        context.stop();
        assertThat(rows("select body from logs order by seq")).containsExactly("before", "after");
        assertThat(segments()).hasSize(1);
    }

    @Test
    void aContextWithoutEventsLeavesNoSegment() throws Exception {
        context = new LoggerContext("empty", null, configuration());
        context.start();
        context.stop();
        assertThat(segments()).isEmpty();
        assertThat(left()).isEmpty();
    }

    private List<Path> segments() throws Exception {
        try (var files = Files.walk(directory.resolve("logs"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    /** What a sink that is closed leaves behind. */
    private List<Path> left() throws Exception {
        try (var files = Files.walk(directory.resolve("logs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
