package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MarkerFactory;

/** What must not be written is nowhere, not even for a moment. */
class LogbackMasksTest {
    private static final String CARD = "4111111111111111";
    private static final String PASSWORD = "hunter2hunter2";
    private static final String SEEN = "plainly-to-be-seen";
    private static final String MASKS =
            "<mask><pattern>\\b\\d{13,16}\\b</pattern></mask><maskNames>pass*</maskNames><codec>uncompressed</codec>"
                    + "<option>encoding.body=plain</option>";

    private static final Path SHARED = Path.of("/dev/shm");

    @TempDir
    private Path directory;

    private Path slab;

    private Path logs() {
        return directory.resolve("logs");
    }

    /** Files that hold a text, the slab's and the journal's among them. */
    private List<Path> holding(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path of : List.of(logs(), slab)) {
            try (var files = Files.walk(of)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    @AfterEach
    void removeSlab() throws IOException {
        if (slab != null) {
            try (var files = Files.walk(slab)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void log(LoggerContext context, int i) {
        Logger logger = context.getLogger("com.acme.Orders");
        context.getMDCAdapter().put("card", CARD);
        context.getMDCAdapter().put("password", PASSWORD);
        logger.atError()
                .addKeyValue("number", Long.valueOf(CARD))
                .addKeyValue("passphrase", PASSWORD)
                .addMarker(MarkerFactory.getDetachedMarker("of " + CARD))
                .setCause(new RuntimeException("card " + CARD, new Exception("inner " + CARD)))
                .log("{} paid with {} and {}", SEEN + i, CARD, List.of(CARD));
        logger.info("template with " + CARD);
        logger.warn("in a list {}", List.of(CARD));
        context.getMDCAdapter().clear();
    }

    @Test
    void aSecretIsInNoFileWhileTheProcessLivesAndAfterwards() throws Exception {
        slab = Files.createTempDirectory(Files.isDirectory(SHARED) ? SHARED : directory, "masks"); // its owner's alone
        LoggerContext context = Contexts.of(logs(), MASKS + "<slabDirectory>" + slab + "</slabDirectory>");
        List<Path> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            log(context, i);
            Thread.sleep(i % 5 == 0 ? 100 : 0); // in the slab, then in the journal
            seen.addAll(holding(SEEN));
            assertThat(holding(CARD)).isEmpty();
            assertThat(holding(PASSWORD)).isEmpty();
        }
        assertThat(seen).as("the slab").anyMatch(file -> file.startsWith(slab));
        assertThat(seen).as("the journal").anyMatch(file -> file.startsWith(logs()));
        context.stop();
        assertThat(holding(SEEN)).anyMatch(file -> file.toString().endsWith(".parquet"));
        assertThat(holding(CARD)).isEmpty();
        assertThat(holding(PASSWORD)).isEmpty();
        assertThat(Rows.of(logs(), "select distinct body from logs order by 1 limit 1"))
                .containsExactly("in a list [****]");
    }

    @Test
    void aMaskThatIsTooDeepForTheStackHidesTheTextAndIsCounted() throws Exception {
        LoggerContext context =
                Contexts.of(logs(), "<mask><pattern>(x|y)*z</pattern></mask><maxEventBytes>1MB</maxEventBytes>");
        Logger logger = context.getLogger("com.acme.Orders");
        logger.info("fine");
        logger.info("xy".repeat(100_000));
        context.stop();
        assertThat(Rows.of(logs(), "select body, template from logs order by seq"))
                .containsExactly("fine|fine", "[mask failed]|[mask failed]");
        assertThat(Rows.of(
                        logs(),
                        "select decode(value) from parquet_kv_metadata('" + logs()
                                + "/*.parquet') where decode(key) = 'flow.log.mask_failures'"))
                .containsExactly("2");
    }

    @Test
    void argumentsMayBeLeftOut() throws Exception {
        LoggerContext context = Contexts.of(logs(), "<args>false</args>");
        context.getLogger("com.acme.Orders").info("{} paid with {}", "bob", CARD);
        context.stop();
        assertThat(Rows.of(logs(), "select body, template, args from logs"))
                .containsExactly("bob paid with " + CARD + "|{} paid with {}|null");
    }

    private Path file(String attributes) throws IOException {
        Path file = directory.resolve("with blank.xml");
        Files.writeString(
                file,
                "<configuration " + attributes + ">"
                        + "<appender name='OTHER' class='io.parquetflow.logback.ParquetAppender'><directory>"
                        + directory.resolve("other") + "</directory><mask pattern='a' replacement='A'/></appender>"
                        + Contexts.parquet(
                                logs(),
                                "<mask pattern='\\d{13,16}' replacement='[card]'/><mask pattern='secret-\\w+'/>")
                        + "<root level='TRACE'><appender-ref ref='PARQUET'/><appender-ref ref='OTHER'/></root>"
                        + "</configuration>");
        return file;
    }

    private static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    private static void configure(LoggerContext context, Path file) throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(file.toFile());
    }

    private void isMasked(LoggerContext context) throws Exception {
        context.getLogger("com.acme.Orders").info("a {} and {}", CARD, "secret-7");
        context.stop();
        assertThat(Rows.of(logs(), "select body from logs")).containsExactly("a [card] and ****");
        assertThat(Rows.of(directory.resolve("other"), "select body from logs"))
                .containsExactly("A " + CARD + " And secret-7");
    }

    @Test
    void masksMayBeAttributesInAFileThatLogbackWatches() throws Exception {
        LoggerContext context = context();
        configure(context, file("scan='true' scanPeriod='1 hour'"));
        isMasked(context);
    }

    @Test
    void masksMayBeAttributesInTheFileThatLogbackFinds() throws Exception {
        LoggerContext context = context();
        System.setProperty("logback.configurationFile", file("").toString());
        try {
            new ContextInitializer(context).autoConfig();
        } finally {
            System.clearProperty("logback.configurationFile");
        }
        isMasked(context);
    }

    /** The file that Logback found is another's: its masks are not to be taken for these. */
    @Test
    void masksOfAnEarlierConfigurationAreNotTaken() throws Exception {
        LoggerContext context = context();
        Path first = file("");
        System.setProperty("logback.configurationFile", first.toString());
        try {
            new ContextInitializer(context).autoConfig();
        } finally {
            System.clearProperty("logback.configurationFile");
        }
        context.reset();
        Path second = directory.resolve("second.xml");
        Files.writeString(second, Files.readString(first).replace("secret", "hidden"));
        configure(context, second);
        context.getLogger("com.acme.Orders").info("a {} and {}", CARD, "hidden-7");
        context.stop();
        assertThat(Rows.of(logs(), "select body from logs")).containsExactly("[mask without a pattern]");
    }

    @Test
    void aMaskThatNobodyCanReadHidesEverything() throws Exception {
        // Configured by a stream, of which Logback knows no file.
        LoggerContext context = Contexts.of(logs(), "<mask pattern='x' replacement='y'/>");
        context.getLogger("com.acme.Orders").info("a secret of {}", "bob");
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .anyMatch(status -> status.getMessage().contains("a mask without a pattern, so every text is hidden"));
        context.stop();
        assertThat(Rows.of(logs(), "select body, template, args, logger from logs"))
                .containsExactly("[mask without a pattern]|[mask without a pattern]|['[mask without a pattern]']|"
                        + "[mask without a pattern]");
    }
}
