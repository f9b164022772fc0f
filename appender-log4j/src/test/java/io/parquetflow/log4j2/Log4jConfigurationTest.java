package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.json.JsonConfigurationFactory;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.apache.logging.log4j.core.config.yaml.YamlConfigurationFactory;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations of every kind that Log4j reads, right and wrong ones. */
class Log4jConfigurationTest {
    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext("configured");
    private final Status status = new Status();

    /** What Log4j's status logger is told, from warnings on. */
    private static final class Status implements StatusListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void log(StatusData data) {
            lines.add(data.getLevel() + " " + data.getMessage().getFormattedMessage());
        }

        @Override
        public Level getStatusLevel() {
            return Level.WARN;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        StatusLogger.getLogger().registerListener(status);
    }

    @AfterEach
    void stop() {
        context.stop();
        StatusLogger.getLogger().removeListener(status);
    }

    private void start(ConfigurationFactory factory, String text) throws Exception {
        ConfigurationSource source =
                new ConfigurationSource(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        context.start(factory.getConfiguration(context, source));
        context.getLogger("com.acme.Orders").info("paid with 4111111111111111");
        context.stop();
    }

    private void isConfigured() throws Exception {
        assertThat(Rows.of(directory, "select stream, service, body from logs"))
                .containsExactly("parquet|gateway|paid with #");
        assertThat(status.lines).isEmpty();
        assertThat(Rows.of(
                        directory, "select distinct compression from parquet_metadata('" + directory + "/*.parquet')"))
                .containsExactly("SNAPPY");
    }

    @Test
    void aPropertiesFileConfiguresTheAppender() throws Exception {
        start(
                new PropertiesConfigurationFactory(),
                """
                appender.p.type = Parquet
                appender.p.name = parquet
                appender.p.directory = %s
                appender.p.service = gateway
                appender.p.codec = snappy
                appender.p.mask.type = Mask
                appender.p.mask.pattern = \\\\d{13,16}
                appender.p.mask.replacement = #
                rootLogger.level = info
                rootLogger.appenderRef.p.ref = parquet
                """
                        .formatted(directory));
        isConfigured();
    }

    @Test
    void aYamlFileConfiguresTheAppender() throws Exception {
        start(
                new YamlConfigurationFactory(),
                """
                Configuration:
                  Appenders:
                    Parquet:
                      name: parquet
                      directory: "%s"
                      service: gateway
                      codec: snappy
                      Mask:
                        pattern: '\\d{13,16}'
                        replacement: '#'
                  Loggers:
                    Root:
                      level: info
                      AppenderRef:
                        ref: parquet
                """
                        .formatted(directory));
        isConfigured();
    }

    @Test
    void aJsonFileConfiguresTheAppender() throws Exception {
        start(
                new JsonConfigurationFactory(),
                """
                {"Configuration": {
                  "Appenders": {"Parquet": {"name": "parquet", "directory": "%s", "service": "gateway",
                    "codec": "snappy", "Mask": {"pattern": "\\\\d{13,16}", "replacement": "#"}}},
                  "Loggers": {"Root": {"level": "info", "AppenderRef": {"ref": "parquet"}}}
                }}
                """
                        .formatted(directory));
        isConfigured();
    }

    @Test
    void whatIsWrongIsToldAndTheRestCounts() throws Exception {
        Contexts.start(
                context,
                "<Parquet name='parquet' directory='" + directory + "' service='gateway' codec='lzo' ringBytes='lots'"
                        + " caller='perhaps' dropBelow='LOUD' waitAtMost='1 hour' maxEventBytes='1'"
                        + " columns='body,orderId' rotateInterval='never' rotateBites='1MB'>"
                        + "<Property name='rotate-bites'>1MB</Property><Property name='encoding.body'>best</Property>"
                        + "<Mask pattern='(' replacement='x'/></Parquet>",
                "parquet");
        context.getLogger("com.acme.Orders").info("message");
        context.stop();
        assertThat(Rows.of(directory, "select service, body, \"orderId\" from logs"))
                .containsExactly("gateway|[mask invalid]|null");
        assertThat(status.lines)
                .anyMatch(line -> line.matches(".*key=codec, value=lzo.*allowed: .*passed over.*"))
                .anyMatch(line -> line.matches(".*key=ring-bytes, value=lots.*passed over.*"))
                .anyMatch(line -> line.matches(".*key=caller, value=perhaps.*allowed: true, false.*"))
                .anyMatch(line -> line.matches(".*key=drop-below, value=LOUD.*allowed: TRACE.*"))
                .anyMatch(line -> line.matches(".*key=wait-at-most, value=1 hour.*allowed: 0 to 1s.*"))
                .anyMatch(line -> line.matches(".*key=max-event-bytes, value=1: .*allowed: 4KB to 1MB.*"))
                .anyMatch(line -> line.matches(".*key=columns, value=body.*"))
                .anyMatch(line -> line.matches(".*key=rotate-interval, value=never.*passed over.*"))
                .anyMatch(line -> line.matches(".*key=rotate-bites.*docs/configuration.md.*passed over.*"))
                .anyMatch(line -> line.matches(".*key=encoding.body, value=best.*passed over.*"))
                .anyMatch(line -> line.matches(".*key=mask, value=\\(: .*hidden.*"))
                .anyMatch(line -> line.contains("rotateBites")); // Log4j's own: an attribute that nobody has
    }

    @Test
    void aDirectoryThatIsMissingIsToldAndTheApplicationRuns() throws Exception {
        Contexts.start(context, "<Parquet name='parquet'/>", "parquet");
        context.getLogger("com.acme.Orders").info("message");
        context.stop();
        assertThat(status.lines)
                .anyMatch(line -> line.startsWith("ERROR") && line.contains("key=directory"))
                .anyMatch(line -> line.matches("WARN parquet: 1 events were dropped.*could not be opened.*"));
    }

    @Test
    void systemPropertiesCountBeforeTheFile() throws Exception {
        Path other = directory.resolve("other");
        withProperties(
                List.of(
                        "parquetflow.directory=" + other,
                        "parquetflow.service=elsewhere",
                        "parquetflow.codec=uncompressed",
                        "parquetflow.args=false"),
                "codec='snappy' service='gateway' args='true'");
        assertThat(directory.resolve("ours")).doesNotExist();
        assertThat(Rows.of(other, "select service, body, args from logs")).containsExactly("elsewhere|message 1|null");
        assertThat(Rows.of(other, "select distinct compression from parquet_metadata('" + other + "/*.parquet')"))
                .containsExactly("UNCOMPRESSED");
        assertThat(status.lines).isEmpty();
    }

    @Test
    void aSystemPropertyThatIsWrongIsPassedOver() throws Exception {
        withProperties(
                List.of("parquetflow.codec=lzo", "parquetflow.ring-bytes=lots", "parquetflow.caller=perhaps"),
                "codec='snappy' service='gateway'");
        Path ours = directory.resolve("ours");
        assertThat(Rows.of(ours, "select service, body from logs")).containsExactly("gateway|message 1");
        assertThat(Rows.of(ours, "select distinct compression from parquet_metadata('" + ours + "/*.parquet')"))
                .containsExactly("SNAPPY");
        assertThat(status.lines)
                .anyMatch(line -> line.matches(".*parquetflow.codec.*value=lzo.*passed over.*"))
                .anyMatch(line -> line.matches(".*parquetflow.ring-bytes.*value=lots.*passed over.*"))
                .anyMatch(line -> line.matches(".*key=caller, value=perhaps.*passed over.*"))
                .hasSize(3);
    }

    private void withProperties(List<String> properties, String attributes) throws Exception {
        try {
            for (String property : properties) {
                System.setProperty(property.split("=")[0], property.split("=")[1]);
            }
            Contexts.start(
                    context,
                    "<Parquet name='parquet' directory='" + directory.resolve("ours") + "' " + attributes + "/>",
                    "parquet");
        } finally {
            properties.forEach(property -> System.clearProperty(property.split("=")[0]));
        }
        context.getLogger("com.acme.Orders").info("message {}", 1);
        context.stop();
        assertThat(Files.exists(directory)).isTrue();
    }
}
