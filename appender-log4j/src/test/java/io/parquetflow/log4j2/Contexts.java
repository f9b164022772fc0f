package io.parquetflow.log4j2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;

/** Contexts that are configured by a text. */
final class Contexts {
    private Contexts() {}

    /** With all levels going to the appender {@code parquet}, or to the one that is named. */
    static void start(LoggerContext context, String appenders, String ref) throws IOException {
        String xml =
                "<Configuration><Appenders>" + appenders + "</Appenders><Loggers><Root level='ALL'><AppenderRef ref='"
                        + ref + "'/></Root></Loggers></Configuration>";
        context.start(new XmlConfiguration(
                context, new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))));
    }
}
