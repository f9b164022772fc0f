package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that reach the appender on another thread, some time after the application's call. */
class Log4jDeferredInteropTest {
    @TempDir
    private Path directory;

    private LoggerContext context = new LoggerContext("deferred");

    private String parquet() {
        return "<Parquet name='parquet' directory='" + directory + "'/>";
    }

    @AfterEach
    void stop() {
        ThreadContext.clearAll();
        context.stop();
    }

    @Test
    void anArgumentThatChangesAfterTheCallOfAnAsyncLoggerIsInTheBodyAsItWas() throws Exception {
        context = new AsyncLoggerContext("deferred");
        Contexts.start(context, parquet(), "parquet");
        changeArgumentsAfterwards();
    }

    @Test
    void anArgumentThatChangesAfterTheCallOfAnAsyncAppenderIsInTheBodyAsItWas() throws Exception {
        Contexts.start(context, parquet() + "<Async name='async'><AppenderRef ref='parquet'/></Async>", "async");
        changeArgumentsAfterwards();
    }

    private void changeArgumentsAfterwards() throws Exception {
        Logger logger = context.getLogger("com.acme.Orders");
        Gate gate = new Gate();
        logger.info("first {}", gate);
        StringBuilder text = new StringBuilder("before");
        AtomicInteger number = new AtomicInteger(1);
        int[] array = {1};
        ThreadContext.put("user", "bob");
        ThreadContext.push("outer");
        logger.info("{} {} {} {}", text, number, array, "fixed");
        logger.info("all {}", "immutable");
        ThreadContext.clearAll();
        text.replace(0, 6, "after");
        number.set(2);
        array[0] = 2;
        gate.open();
        context.stop();
        Thread here = Thread.currentThread();
        String surroundings = "|{user=bob}|[outer]|" + here.getName() + "|" + here.getId();
        List<String> rows = Rows.of(
                directory, "select body, template, attributes, ndc, thread_name, thread_id from logs order by seq");
        assertThat(rows.subList(1, 3))
                .containsExactly(
                        "before 1 [1] fixed|{} {} {} {}" + surroundings, "all immutable|all {}" + surroundings);
    }
}
