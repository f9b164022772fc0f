package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar with each Logback that applications have. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("machine")
class LogbackVersionsIT {
    @TempDir
    private Path temp;

    private static Application application(String version, Path directory) {
        return Application.with(Appender.LOGBACK, directory).version(version).flagsOfThisJdk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4.14", "1.5.38", "1.6.6"})
    void eventsBecomeRows(String logback) throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = application(logback, directory).run("kinds", "0");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains("logs by logback-classic-" + logback + ".jar")
                .doesNotContain("WARN")
                .doesNotContain("ERROR");
        assertThat(Rows.of(
                        directory, "select body, template, args, attributes, attributes_long from logs order by seq"))
                .containsExactly(
                        "order 42 filled|order {} filled|[42]|{user=bob}|{qty=5}",
                        "failed|failed|null|{user=bob}|null");
        assertThat(Rows.of(
                        directory,
                        "select exception_type, exception_message, exception_root_type,"
                                + " contains(exception_stacktrace, 'Caused by: java.io.IOException: inner')"
                                + " from logs where severity_text = 'ERROR'"))
                .containsExactly("java.lang.IllegalStateException|outer|java.io.IOException|true");
    }

    @Test
    void aLogbackThatIsTooOldIsToldAndTheApplicationRuns() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result =
                application("1.2.13", directory).library("slf4j-1.7.36").run("events", "10");
        assertThat(result.out())
                .contains("ParquetAppender needs Logback 1.4 or later, and keeps no events: found an older one")
                .contains("logged 10");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(Files.exists(directory)).isFalse();
    }
}
