package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a process may end: the application stops no appender in any of these. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("machine")
class ExitsIT {
    private static final String EVENTS =
            "select count(*), count(distinct body), count(*) filter (body = 'event 2999') from logs"
                    + " where body like 'event %'";
    private static final String GOODBYES =
            "select count(*), count(distinct body), max(args[1]::int) + 1 from logs" + " where body like 'goodbye %'";

    @TempDir
    private Path temp;

    private Application application(Appender appender) {
        return Application.with(appender, temp.resolve("logs")).flagsOfThisJdk();
    }

    private List<String> rows(String sql) throws Exception {
        return Rows.of(temp.resolve("logs"), sql);
    }

    @ParameterizedTest
    @CsvSource({"LOGBACK, events", "LOGBACK, exit", "LOG4J, events", "LOG4J, exit"})
    void theLastEventsAreInASealedSegment(Appender appender, String scenario) throws Exception {
        Application.Result result = application(appender).run(scenario, "3000");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
    }

    @ParameterizedTest
    @EnumSource
    void afterAHaltTheNextStartHasThem(Appender appender) throws Exception {
        assertThat(application(appender).run("halt", "3000").exit()).isEqualTo(3);
        assertThat(application(appender).run("events", "0").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
    }

    @ParameterizedTest
    @EnumSource
    void afterAKillTheNextStartHasThem(Appender appender) throws Exception {
        application(appender).kill("ready", "wait", "3000");
        assertThat(application(appender).run("events", "0").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
    }

    private static String goodbyes(Application.Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        Matcher goodbyes = Pattern.compile("goodbyes (\\d+)").matcher(result.out());
        assertThat(goodbyes.find()).isTrue();
        return goodbyes.group(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherHookLogsBesideOursIsThereAfterTheNextStart(Appender appender) throws Exception {
        String goodbyes = goodbyes(application(appender)
                .configured(Configuration::withoutLog4jsHook)
                .run("hook", "3000"));
        assertThat(application(appender).run("events", "0").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
        assertThat(rows(GOODBYES)).containsExactly(goodbyes + "|" + goodbyes + "|" + goodbyes);
    }

    /** Log4j's own hook ends logging as a whole, in the middle of what the other one says. */
    @Test
    void whatAnotherHookLogsUntilLog4jStopsEverythingIsThereWithoutAGap() throws Exception {
        Application.Result result = application(Appender.LOG4J).run("hook", "3000");
        long goodbyes = Long.parseLong(goodbyes(result));
        assertThat(result.err()).isEmpty();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
        assertThat(rows("select count(*) between 0 and " + goodbyes
                        + ", count(*) = coalesce(max(args[1]::int) + 1, 0) from logs where body like 'goodbye %'"))
                .containsExactly("true|true");
    }
}
