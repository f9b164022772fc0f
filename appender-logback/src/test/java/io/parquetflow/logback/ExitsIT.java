package io.parquetflow.logback;

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
import org.junit.jupiter.params.provider.ValueSource;

/** How a process may end: nobody stops the appender in any of these. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("machine")
class ExitsIT {
    private static final String EVENTS =
            "select count(*), count(distinct body), count(*) filter (body = 'event 2999') from logs"
                    + " where body like 'event %'";

    @TempDir
    private Path temp;

    private Application application() {
        return Application.in(temp.resolve("logs")).flagsOfThisJdk();
    }

    private List<String> rows(String sql) throws Exception {
        return Rows.of(temp.resolve("logs"), sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "exit"})
    void theLastEventsAreInASealedSegment(String scenario) throws Exception {
        assertThat(application().run(scenario, "3000").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
    }

    @Test
    void afterAHaltTheNextStartHasThem() throws Exception {
        assertThat(application().run("halt", "3000").exit()).isEqualTo(3);
        assertThat(application().run("events", "0").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
    }

    @Test
    void afterAKillTheNextStartHasThem() throws Exception {
        application().kill("ready", "wait", "3000");
        assertThat(application().run("events", "0").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
    }

    @Test
    void whatAnotherHookLogsBesideOursIsThereAfterTheNextStart() throws Exception {
        Application.Result result = application().run("hook", "3000");
        assertThat(result.exit()).isZero();
        Matcher goodbyes = Pattern.compile("goodbyes (\\d+)").matcher(result.out());
        assertThat(goodbyes.find()).isTrue();
        assertThat(application().run("events", "0").exit()).isZero();
        assertThat(rows(EVENTS)).containsExactly("3000|3000|1");
        assertThat(rows("select count(*), count(distinct body) from logs where body like 'goodbye %'"))
                .containsExactly(goodbyes.group(1) + "|" + goodbyes.group(1));
    }
}
