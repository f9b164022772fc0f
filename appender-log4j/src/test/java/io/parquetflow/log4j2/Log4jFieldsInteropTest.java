package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.StringFormattedMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every column of a Log4j event, read by DuckDB. */
class Log4jFieldsInteropTest {
    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext("test");

    private Logger logger(String attributes, String elements) throws Exception {
        String xml =
                "<Configuration><Appenders><Parquet name='parquet' directory='" + directory + "' " + attributes + ">"
                        + elements + "</Parquet></Appenders><Loggers><Root level='ALL' includeLocation='true'>"
                        + "<AppenderRef ref='parquet'/></Root></Loggers></Configuration>";
        context.start(new XmlConfiguration(
                context, new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))));
        return context.getLogger("com.acme.Orders");
    }

    private List<String> rows(String sql) throws Exception {
        context.stop();
        return Rows.of(directory, sql);
    }

    @AfterEach
    void stop() {
        ThreadContext.clearAll();
        context.stop();
    }

    @Test
    void aPlainMessageHasItsColumns() throws Exception {
        Logger logger = logger("service='gateway'", "");
        logger.info("started");
        assertThat(rows("select stream, service, severity_number, severity_text, logger, body, template, args,"
                        + " thread_name, thread_id, truncated, lost, seq, exception_type, attributes from logs"))
                .containsExactly("parquet|gateway|9|INFO|com.acme.Orders|started|started|null|"
                        + Thread.currentThread().getName() + "|"
                        + Thread.currentThread().getId() + "|false|0|0|null|null");
    }

    @Test
    void everyRowSaysWhoLogged() throws Exception {
        Logger logger = logger("resource='service.name=orders,host.name=h1,team=risk'", "");
        logger.info("m");
        assertThat(rows(
                        "select service, host, resource, abs(ts_ns - source_ts_ns) < 60e9, epoch_ns(ts) // 1000 = ts_ns //"
                                + " 1000, length(writer), seq from logs"))
                .containsExactly("orders|h1|{host.name=h1, team=risk}|true|true|13|0");
    }

    @Test
    void eventsAboutWritingEventsAreLeftOut() throws Exception {
        Logger logger = logger("", "");
        context.getLogger("io.parquetflow.capture.Writer").error("ours");
        context.getLogger("org.apache.parquet.hadoop.ParquetFileWriter").error("of the library in our jar");
        logger.info("the application's");
        context.getLogger("io.parquetflowers.Shop").info("of somebody with a similar name");
        assertThat(rows("select body from logs order by seq"))
                .containsExactly("the application's", "of somebody with a similar name");
    }

    @Test
    void argumentsAreKeptBesideTheMessage() throws Exception {
        Logger logger = logger("", "");
        logger.warn("order {} filled at {} by {}", 42L, 101.5, "bob");
        logger.warn("{} of {}", "a", null);
        logger.warn("none {}");
        logger.warn("escaped \\{} {}", "x");
        logger.warn("array {}", (Object) new int[] {1, 2});
        logger.warn("thrown {}", "x", new RuntimeException("boom"));
        logger.warn(new StringFormattedMessage("%s is %d", "a", 1));
        logger.warn(new ObjectMessage(List.of("x", "y")));
        assertThat(rows("select severity_number, body, template, args, exception_message from logs order by seq"))
                .containsExactly(
                        "13|order 42 filled at 101.5 by bob|order {} filled at {} by {}|[42, 101.5, bob]|null",
                        "13|a of null|{} of {}|[a, NULL]|null",
                        "13|none {}|none {}|null|null",
                        "13|escaped {} x|escaped \\{} {}|[x]|null",
                        "13|array [1, 2]|array {}|['[1, 2]']|null",
                        "13|thrown x|thrown {}|[x]|boom",
                        "13|a is 1|%s is %d|[a, 1]|null",
                        "13|[x, y]|null|null|null");
    }

    @Test
    void levelsOfOnesOwnAreInTheirRange() throws Exception {
        Logger logger = logger("", "");
        logger.log(Level.forName("NOTICE", 350), "m");
        logger.log(Level.forName("VERBOSE", 550), "m");
        logger.log(Level.forName("AUDIT", 50), "m");
        logger.log(Level.forName("FINEST", 700), "m");
        logger.fatal("m");
        logger.trace("m");
        assertThat(rows("select severity_text, severity_number from logs order by seq"))
                .containsExactly("NOTICE|11", "VERBOSE|3", "AUDIT|23", "FINEST|1", "FATAL|21", "TRACE|1");
    }

    @Test
    void contextMarkersAndMapsAreAttributes() throws Exception {
        Logger logger = logger("columns='orderId' exclude='*-secret'", "");
        ThreadContext.put("user", "bob");
        ThreadContext.put("orderId", "7");
        ThreadContext.put("db-secret", "x");
        ThreadContext.put("trace_id", "0af7651916cd43dd8448eb211c80319c");
        ThreadContext.put("span_id", "b7ad6b7169203331");
        ThreadContext.push("outer");
        ThreadContext.push("inner");
        logger.info(MarkerManager.getMarker("CHILD").setParents(MarkerManager.getMarker("PARENT")), "marked");
        logger.info(new StringMapMessage().with("k", "v"));
        logger.info(new StructuredDataMessage("login", "done", "audit"));
        assertThat(rows(
                        "select attributes, \"orderId\", hex(trace_id), hex(span_id), markers, ndc, event_name from logs"
                                + " order by seq"))
                .containsExactly(
                        "{user=bob}|7|0AF7651916CD43DD8448EB211C80319C|B7AD6B7169203331|[CHILD, PARENT]|[outer, inner]|null",
                        "{k=v, user=bob}|7|0AF7651916CD43DD8448EB211C80319C|B7AD6B7169203331|null|[outer, inner]|null",
                        "{user=bob}|7|0AF7651916CD43DD8448EB211C80319C|B7AD6B7169203331|null|[outer, inner]|login");
    }

    @Test
    void theCallerIsLookedForOnlyWhenAskedFor() throws Exception {
        Logger logger = logger("caller='true'", "");
        logger.info("here");
        assertThat(rows("select code_function, code_file, code_line > 0 from logs"))
                .containsExactly(Log4jFieldsInteropTest.class.getName()
                        + ".theCallerIsLookedForOnlyWhenAskedFor|Log4jFieldsInteropTest.java|true");
    }

    @Test
    void masksHideInEveryText() throws Exception {
        Logger logger = logger(
                "maskNames='pass*'",
                "<Mask pattern='\\b\\d{13,16}\\b'/><Property name='encoding.body'>plain</Property>");
        ThreadContext.put("card", "4111111111111111");
        ThreadContext.put("password", "hunter2");
        logger.error("paid with {}", "4111111111111111", new RuntimeException("card 4111111111111111"));
        assertThat(rows("select body, args, attributes['card'], attributes['password'], exception_message from logs"))
                .containsExactly("paid with ****|[****]|****|****|card ****");
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("4111111111111111")
                        .doesNotContain("hunter2");
            }
        }
    }
}
