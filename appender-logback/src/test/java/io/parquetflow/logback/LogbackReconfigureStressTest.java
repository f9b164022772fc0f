package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations come and go while threads log, as with Logback's {@code scan}; appenders are started again. */
class LogbackReconfigureStressTest {
    private static final int THREADS = 4;
    private static final int TIMES = 6;
    private static final long APART_MS = 150;

    /** Nothing is below TRACE: everything may wait, and so nothing is dropped. */
    private static final String PATIENT = "<dropBelow>TRACE</dropBelow><waitAtMost>1s</waitAtMost>";

    @TempDir
    private Path directory;

    @Test
    void whatTheAppenderTookIsThereOnceThoughConfigurationsComeAndGo() throws Exception {
        String appenders = Contexts.parquet(directory, PATIENT)
                + "<appender name='ON' class='io.parquetflow.logback.HandingOn'><appender-ref ref='PARQUET'/></appender>";
        LoggerContext context = Contexts.configured(appenders, "ON");
        HandingOn.TAKEN.clear();
        HandingOn.OFFERED.clear();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Logger logger = context.getLogger("com.acme.T" + t);
            int of = t;
            threads.add(new Thread(() -> {
                for (long i = 0; !over.get(); i++) {
                    logger.info("event {} of {}", i, of);
                    if (i % 8 == 0) {
                        LockSupport.parkNanos(50_000); // the test is not about millions
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (int i = 0; i < TIMES; i++) {
            Thread.sleep(APART_MS);
            context.reset();
            Contexts.configure(context, appenders, "ON");
        }
        Thread.sleep(APART_MS);
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        context.stop();
        List<String> bodies = Rows.of(directory, "select body from logs where logger like 'com.acme.%'");
        Set<String> distinct = new HashSet<>(bodies);
        assertThat(bodies).as("nothing is doubled").hasSize(distinct.size());
        Set<String> missing = new HashSet<>(HandingOn.TAKEN);
        missing.removeAll(distinct);
        assertThat(missing).as("of %d that were taken", HandingOn.TAKEN.size()).isEmpty();
        assertThat(HandingOn.TAKEN).hasSizeGreaterThan(100 * TIMES);
        distinct.removeAll(HandingOn.OFFERED);
        assertThat(distinct).as("nobody logged them").isEmpty();
        assertThat(Rows.of(directory, "select count(distinct writer) from logs"))
                .containsExactly(Integer.toString(TIMES + 1));
        assertThat(Rows.of(
                        directory,
                        "select filename, count(distinct writer) as writers from read_parquet('" + directory
                                + "/*.parquet', filename=true) group by 1 having writers > 1"))
                .isEmpty();
    }

    @Test
    void anAppenderIsStartedAgain() throws Exception {
        LoggerContext context = Contexts.of(directory, "");
        Logger logger = context.getLogger("com.acme.Orders");
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        for (int i = 0; i < 3; i++) {
            logger.info("start {}", i);
            root.getAppender("PARQUET").stop();
            logger.info("lost {}", i);
            root.getAppender("PARQUET").start();
        }
        context.stop();
        assertThat(Rows.of(directory, "select body from logs order by body"))
                .containsExactly("start 0", "start 1", "start 2");
        assertThat(files())
                .as("one segment a start, and nothing of the last one")
                .hasSize(3);
    }

    @Test
    void anAppenderWithoutEventsLeavesNothing() throws Exception {
        LoggerContext context = Contexts.of(directory, "");
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .getAppender("PARQUET")
                .stop();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                .getAppender("PARQUET")
                .start();
        context.stop();
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws Exception {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
