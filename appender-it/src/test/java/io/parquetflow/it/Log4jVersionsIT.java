package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar with each Log4j that applications have, and with each way in which Log4j puts a thread of its own in front. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("machine")
class Log4jVersionsIT {
    private static final String ASYNC_LOGGERS =
            "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector";

    @TempDir
    private Path temp;

    private Application application(String version) {
        return Application.with(Appender.LOG4J, temp.resolve("logs"))
                .version(version)
                .configured(file -> file.level("TRACE"))
                .flagsOfThisJdk();
    }

    /** Once each, and nothing is said. */
    private void everyKindBecomesRows(Application application, String version, String logger) throws Exception {
        Application.Result result = application.run("kinds", "3000");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines())
                .containsExactly("logs by log4j-core-" + version + ".jar " + logger, "logged 3000");
        Path directory = temp.resolve("logs");
        assertThat(
                        Rows.of(
                                directory,
                                "select severity_number, severity_text, body from logs where template = 'a level' order by seq"))
                .containsExactly(
                        "1|TRACE|a level",
                        "5|DEBUG|a level",
                        "13|WARN|a level",
                        "21|FATAL|a level",
                        "11|NOTICE|a level");
        assertThat(Rows.of(
                        directory,
                        "select severity_text, body, template, args, attributes, markers, ndc, thread_name, thread_id"
                                + " from logs where template like 'order%'"))
                .containsExactly("INFO|order 42 filled at 1.5 for [bob]|order {} filled at {} for {}|[42, 1.5, '[bob]']"
                        + "|{user=bob}|[AUDIT, SECURITY]|[shop]|main|1");
        assertThat(Rows.of(
                        directory,
                        "select body, args, exception_type, exception_message, exception_root_type,"
                                + " contains(exception_stacktrace, 'Caused by: java.io.IOException: inner')"
                                + " from logs where severity_text = 'ERROR'"))
                .containsExactly("it failed|[it]|java.lang.IllegalStateException|outer|java.io.IOException|true");
        assertThat(Rows.of(directory, "select attributes, template from logs where attributes['side'] is not null"))
                .containsExactly("{side=buy}|null");
        assertThat(Rows.of(
                        directory,
                        "select count(*), count(distinct body) filter (body like 'event %'), sum(lost),"
                                + " max(seq) - min(seq) + 1 from logs"))
                .containsExactly("3008|3000|0|3008");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.24.3", "2.25.5", "2.26.1"})
    void eventsBecomeRows(String version) throws Exception {
        everyKindBecomesRows(application(version), version, "Logger");
    }

    /** The application's Disruptor is Log4j's: ours has another name. */
    @ParameterizedTest
    @CsvSource({"2.24.3, 3.4.4", "2.24.3, 4.0.0", "2.25.5, 4.0.0", "2.26.1, 3.4.4", "2.26.1, 4.0.0"})
    void eventsOfAsyncLoggersBecomeRows(String version, String disruptor) throws Exception {
        everyKindBecomesRows(
                application(version).library("disruptor-" + disruptor).flags(ASYNC_LOGGERS), version, "AsyncLogger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.24.3", "2.26.1"})
    void eventsOfAnAsyncAppenderBecomeRows(String version) throws Exception {
        everyKindBecomesRows(application(version).configured(Configuration::behindAsync), version, "Logger");
    }
}
