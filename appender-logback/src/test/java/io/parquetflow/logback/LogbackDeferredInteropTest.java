package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that reach the appender by way of Logback's AsyncAppender, some time after the application's call. */
class LogbackDeferredInteropTest {
    @TempDir
    private Path directory;

    @Test
    void anEventOfAnAsyncAppenderIsWhatItWasWhenItWasLogged() throws Exception {
        LoggerContext context = Contexts.configured(
                Contexts.parquet(directory, "")
                        + "<appender name='ASYNC' class='ch.qos.logback.classic.AsyncAppender'>"
                        + "<appender-ref ref='PARQUET'/></appender>",
                "ASYNC");
        Logger logger = context.getLogger("com.acme.Orders");
        Gate gate = new Gate();
        logger.info("first {}", gate);
        StringBuilder text = new StringBuilder("before");
        AtomicInteger number = new AtomicInteger(1);
        int[] array = {1};
        context.getMDCAdapter().put("user", "bob");
        logger.info("{} {} {} {}", text, number, array, "fixed");
        logger.info("all {} {}", "immutable", 7);
        context.getMDCAdapter().clear();
        text.replace(0, 6, "after");
        number.set(2);
        array[0] = 2;
        gate.open();
        context.stop();
        String surroundings = "|{user=bob}|" + Thread.currentThread().getName() + "|null";
        List<String> rows = Rows.of(
                directory,
                "select body, template, len(args), attributes, thread_name, thread_id from logs order by seq");
        assertThat(rows)
                .containsExactly(
                        "first gate|first {}|1|null|" + Thread.currentThread().getName() + "|null",
                        "before 1 [1] fixed|{} {} {} {}|4" + surroundings,
                        "all immutable 7|all {} {}|2" + surroundings);
    }
}
