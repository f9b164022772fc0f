package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** Every column of a Logback event, read by DuckDB. */
class LogbackFieldsInteropTest {
    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext();

    private Logger logger(String elements) throws Exception {
        String xml =
                "<configuration><appender name='PARQUET' class='io.parquetflow.logback.ParquetAppender'><directory>"
                        + directory + "</directory>" + elements
                        + "</appender><root level='TRACE'><appender-ref ref='PARQUET'/></root></configuration>";
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
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

    @Test
    void aPlainMessageHasItsColumns() throws Exception {
        Logger logger = logger("<service>gateway</service>");
        logger.info("started");
        assertThat(
                        rows(
                                "select stream, service, severity_number, severity_text, logger, body, template, args,"
                                        + " thread_name, thread_id, truncated, lost, seq, exception_type, attributes, code_function, code_line from logs"))
                .containsExactly("PARQUET|gateway|9|INFO|com.acme.Orders|started|started|null|"
                        + Thread.currentThread().getName() + "|"
                        + Thread.currentThread().getId() + "|false|0|0|null|null|null|null");
    }

    @Test
    void everyRowSaysWhoLogged() throws Exception {
        Logger logger = logger("<resource>service.name=orders,host.name=h1,team=risk</resource>");
        logger.info("m");
        assertThat(rows(
                        "select service, host, resource, abs(ts_ns - source_ts_ns) < 60e9, epoch_ns(ts) // 1000 = ts_ns //"
                                + " 1000, length(writer), seq from logs"))
                .containsExactly("orders|h1|{host.name=h1, team=risk}|true|true|13|0");
    }

    @Test
    void eventsAboutWritingEventsAreLeftOut() throws Exception {
        Logger logger = logger("");
        context.getLogger("io.parquetflow.capture.Writer").error("ours");
        context.getLogger("org.apache.parquet.hadoop.ParquetFileWriter").error("of the library in our jar");
        logger.info("the application's");
        context.getLogger("io.parquetflowers.Shop").info("of somebody with a similar name");
        assertThat(rows("select body from logs order by seq"))
                .containsExactly("the application's", "of somebody with a similar name");
    }

    @Test
    void argumentsAreKeptBesideTheMessage() throws Exception {
        Logger logger = logger("");
        logger.warn("order {} filled at {} by {}", 42L, 101.5, "bob");
        logger.warn("{} of {}", "a", null);
        logger.warn("none {}");
        logger.warn("too {}", "many", "here");
        logger.warn("escaped \\{} {}", "x");
        logger.warn("array {}", (Object) new int[] {1, 2});
        assertThat(rows("select severity_number, body, template, args from logs order by seq"))
                .containsExactly(
                        "13|order 42 filled at 101.5 by bob|order {} filled at {} by {}|[42, 101.5, bob]",
                        "13|a of null|{} of {}|[a, NULL]",
                        "13|none {}|none {}|null",
                        "13|too many|too {}|[many, here]",
                        "13|escaped {} x|escaped \\{} {}|[x]",
                        "13|array [1, 2]|array {}|['[1, 2]']");
    }

    @Test
    void attributesComeFromMdcAndKeyValues() throws Exception {
        Logger logger = logger("<columns>orderId,symbol</columns><exclude>*-secret</exclude>");
        context.getMDCAdapter().put("user", "bob");
        context.getMDCAdapter().put("orderId", "7");
        context.getMDCAdapter().put("db-secret", "x");
        context.getMDCAdapter().put("traceId", "0af7651916cd43dd8448eb211c80319c");
        context.getMDCAdapter().put("spanId", "b7ad6b7169203331");
        context.getMDCAdapter().put("trace_flags", "01");
        logger.atInfo()
                .addKeyValue("qty", 5)
                .addKeyValue("px", 101.25)
                .addKeyValue("symbol", "MSFT")
                .addKeyValue("event.name", "fill")
                .addMarker(MarkerFactory.getMarker("AUDIT"))
                .addMarker(MarkerFactory.getMarker("RISK"))
                .log("filled");
        assertThat(rows("select attributes, attributes_long, attributes_double, \"orderId\", symbol, event_name,"
                        + " hex(trace_id), hex(span_id), trace_flags, markers from logs"))
                .containsExactly("{user=bob}|{qty=5}|{px=101.25}|7|MSFT|fill|0AF7651916CD43DD8448EB211C80319C|"
                        + "B7AD6B7169203331|1|[AUDIT, RISK]");
    }

    @Test
    void exceptionsHaveTypesMessageAndStackTrace() throws Exception {
        Logger logger = logger("");
        Exception thrown = new IllegalStateException("outer", new java.io.IOException("inner"));
        thrown.addSuppressed(new RuntimeException("aside"));
        logger.error("failed {}", "here", thrown);
        List<String> rows = rows(
                "select body, args, exception_type, exception_message, exception_root_type, exception_stacktrace from logs");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0))
                .startsWith("failed here|[here]|java.lang.IllegalStateException|outer|java.io.IOException|"
                        + "java.lang.IllegalStateException: outer\n\tat io.parquetflow.logback.")
                .contains("Suppressed: java.lang.RuntimeException: aside")
                .contains("Caused by: java.io.IOException: inner");
    }

    @Test
    void theCallerIsLookedForOnlyWhenAskedFor() throws Exception {
        Logger logger = logger("<caller>true</caller>");
        logger.setLevel(Level.INFO);
        logger.info("here");
        assertThat(rows("select code_function, code_file, code_line > 0 from logs"))
                .containsExactly(LogbackFieldsInteropTest.class.getName()
                        + ".theCallerIsLookedForOnlyWhenAskedFor|LogbackFieldsInteropTest.java|true");
    }

    @Test
    void masksHideInEveryText() throws Exception {
        Logger logger = logger("<mask><pattern>\\b\\d{13,16}\\b</pattern></mask><maskNames>pass*</maskNames>");
        context.getMDCAdapter().put("card", "4111111111111111");
        context.getMDCAdapter().put("password", "hunter2");
        logger.atError()
                .addKeyValue("number", 4111111111111111L)
                .setCause(new RuntimeException("card 4111111111111111"))
                .log("paid with {}", "4111111111111111");
        assertThat(rows("select body, args, attributes['card'], attributes['password'], attributes['number'],"
                        + " attributes_long, exception_message from logs"))
                .containsExactly("paid with ****|[****]|****|****|****|null|card ****");
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("4111111111111111")
                        .doesNotContain("hunter2");
            }
        }
    }

    @Test
    void aThreadWithoutANameHasItsNumber() throws Exception {
        Logger logger = logger("");
        Thread thread = new Thread(() -> logger.info("in time"), "");
        thread.start();
        thread.join();
        assertThat(rows("select thread_name, thread_id, body from logs"))
                .containsExactly("unnamed-" + thread.getId() + "|" + thread.getId() + "|in time");
    }

    @Test
    void aContextMayHaveNoMdc() throws Exception {
        LoggerContext bare = new LoggerContext();
        ParquetAppender appender = new ParquetAppender();
        appender.setContext(bare);
        appender.setDirectory(directory.toString());
        appender.start();
        Logger logger = bare.getLogger("com.acme.Orders");
        logger.addAppender(appender);
        logger.info("first");
        logger.info("second");
        bare.stop();
        assertThat(Rows.of(directory, "select body, attributes from logs order by seq"))
                .containsExactly("first|null", "second|null");
    }

    @Test
    void keyValuesMayBeNull() throws Exception {
        Logger logger = logger("");
        ch.qos.logback.classic.spi.LoggingEvent event =
                new ch.qos.logback.classic.spi.LoggingEvent("fqcn", logger, Level.DEBUG, "m", null, null);
        event.addKeyValuePair(new KeyValuePair("k", null));
        logger.callAppenders(event);
        assertThat(rows("select severity_number, attributes from logs")).containsExactly("5|{k='null'}");
    }
}
