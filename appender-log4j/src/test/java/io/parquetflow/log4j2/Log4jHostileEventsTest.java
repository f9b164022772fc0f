package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application hands over may do anything when it is asked for its text: the event is there, the call returns. */
class Log4jHostileEventsTest {
    @TempDir
    private Path directory;

    private LoggerContext context = new LoggerContext("hostile");

    private Logger logger() throws Exception {
        Contexts.start(context, "<Parquet name='parquet' directory='" + directory + "'/>", "parquet");
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
            throw Log4jHostileEventsTest.<RuntimeException>sneak(thrown);
        }
    }

    private static final class FailingException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Throwable failure;
        private final boolean prints;

        FailingException(Throwable failure, boolean prints) {
            this.failure = failure;
            this.prints = prints;
        }

        @Override
        public String getMessage() {
            return prints
                    ? "fine"
                    : Log4jHostileEventsTest.<RuntimeException>sneak(failure).getMessage();
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
        assertThat(rows("select regexp_replace(body, '@.*=>', '=>') from logs order by seq"))
                .containsExactly(
                        "a [!!!" + Failing.class.getName() + "=>java.lang.IllegalStateException:no!!!] b",
                        "a [!!!" + Failing.class.getName() + "=>java.lang.AssertionError:no!!!] b",
                        "a [!!!" + Failing.class.getName() + "=>java.lang.Exception:sneaked!!!] b",
                        "after");
    }

    @Test
    void anExceptionThatCannotBePrintedCostsItsText() throws Exception {
        Logger logger = logger();
        int i = 0;
        for (Throwable failure : List.of(new IllegalStateException(), new AssertionError(), new Exception("sneaked"))) {
            logger.error("message", new FailingException(failure, false));
            logger.error("print", new FailingException(failure, true));
            i += 2;
        }
        assertThat(rows("select body, exception_type, exception_stacktrace like '%cannot be printed%' from logs"))
                .hasSize(i)
                .allMatch(row -> row.endsWith("|" + FailingException.class.getName() + "|true"));
    }

    @Test
    void aMessageThatFailsIsCountedAndHurtsNobody() throws Exception {
        Logger logger = logger();
        logger.info(new FailingMessage(), null);
        logger.info("after");
        assertThat(rows("select body from logs where logger not like 'io.parquetflow%'"))
                .containsExactly("after");
        assertThat(Rows.of(
                        directory,
                        "select decode(value) from parquet_kv_metadata('" + directory
                                + "/*.parquet') where decode(key) = 'flow.log.dropped.INFO'"))
                .containsExactly("1");
    }

    private static final class FailingMessage implements Message {
        private static final long serialVersionUID = 1L;

        @Override
        public String getFormattedMessage() {
            return "fine";
        }

        @Override
        @Deprecated
        public String getFormat() {
            return "fine {}";
        }

        @Override
        public Object[] getParameters() {
            throw new AssertionError("no");
        }

        @Override
        public Throwable getThrowable() {
            return null;
        }
    }

    @Test
    void anEventThatIsLoggedByTheTextOfAnArgumentIsThereToo() throws Exception {
        nested();
    }

    @Test
    void anEventOfAnAsyncLoggerThatIsLoggedByTheTextOfAnArgumentIsThereToo() throws Exception {
        context = new AsyncLoggerContext("nested");
        nested();
    }

    private void nested() throws Exception {
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
        // Log4j asks for the text, and so do we: how often these are logged is theirs to say.
        assertThat(rows("select distinct body, args from logs order by body"))
                .containsExactly("inner inner 2|[inner, 2]", "innermost 1|[1]", "outer x outer y|[x, outer, y]");
        assertThat(rows("select count(*) from logs where body like 'outer%'")).containsExactly("1");
    }
}
