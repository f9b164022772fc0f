package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application hands over may do anything when it is asked for its text: the event is there, the call returns. */
class LogbackHostileEventsTest {
    @TempDir
    private Path directory;

    private LoggerContext context;

    private Logger logger() throws Exception {
        context = Contexts.of(directory, "");
        return context.getLogger("com.acme.Orders");
    }

    private List<String> rows(String sql) throws Exception {
        context.stop();
        return Rows.of(directory, sql);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** Any throwable from where none is declared. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private record Failing(Throwable thrown) {
        @Override
        public String toString() {
            throw LogbackHostileEventsTest.<RuntimeException>sneak(thrown);
        }
    }

    private static final class FailingException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Throwable failure;

        FailingException(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void printStackTrace(PrintWriter to) {
            sneak(failure);
        }
    }

    @Test
    void anArgumentWithoutATextCostsItsText() throws Exception {
        Logger logger = logger();
        logger.info("a {} b", new Failing(new IllegalStateException("no")));
        logger.info("a {} b", new Failing(new AssertionError("no")));
        logger.info("a {} b", new Failing(new Exception("sneaked")));
        logger.info("after");
        logger.atInfo().addKeyValue("k", new Failing(new AssertionError("no"))).log("attribute");
        assertThat(rows("select body, attributes['k'] from logs order by seq"))
                .containsExactly(
                        "a [FAILED toString()] b|null",
                        "a [FAILED toString()] b|null",
                        "a [FAILED toString()] b|null",
                        "after|null",
                        "attribute|[FAILED toString()]");
    }

    @Test
    void anExceptionThatCannotBePrintedCostsItsText() throws Exception {
        Logger logger = logger();
        for (Throwable failure : List.of(new IllegalStateException(), new AssertionError(), new Exception("sneaked"))) {
            logger.error("print", new FailingException(failure));
        }
        assertThat(rows("select body, exception_type, exception_stacktrace like '%cannot be printed%' from logs"))
                .hasSize(3)
                .allMatch(row -> row.endsWith("|" + FailingException.class.getName() + "|true"));
    }

    /** Logback's own event fails, before any appender sees it. */
    @Test
    void whatLogbackCannotTakeDoesNotStopWhatFollows() throws Exception {
        Logger logger = logger();
        assertThatIllegalStateException()
                .isThrownBy(() -> logger.error("m", new IllegalArgumentException() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("no");
                    }
                }));
        logger.info("after");
        assertThat(rows("select body from logs")).containsExactly("after");
    }

    @Test
    void anEventThatIsLoggedByTheTextOfAnArgumentIsThereToo() throws Exception {
        Logger logger = logger();
        Object inner = new Object() {
            @Override
            public String toString() {
                logger.debug("innermost {}", 1);
                return "inner";
            }
        };
        Object outer = new Object() {
            @Override
            public String toString() {
                logger.debug("inner {} {}", inner, 2);
                return "outer";
            }
        };
        logger.info("outer {} {} {}", "x", outer, "y");
        assertThat(rows("select body, args from logs order by seq"))
                .containsExactly("innermost 1|[1]", "inner inner 2|[inner, 2]", "outer x outer y|[x, outer, y]");
    }

    @Test
    void anEventThatLogsItselfForEverEnds() throws Exception {
        Logger logger = logger();
        Object endless = new Object() {
            @Override
            public String toString() {
                logger.debug("again {}", this);
                return "endless";
            }
        };
        logger.info("first {}", endless);
        logger.info("after");
        List<String> rows = rows("select body from logs order by seq");
        assertThat(rows).contains("first endless", "after").hasSizeBetween(3, 20);
    }
}
