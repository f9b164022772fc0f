package io.parquetflow.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Contexts that are configured by a text. */
final class Contexts {
    private Contexts() {}

    /** A context with all levels going to the appender {@code PARQUET}. */
    static LoggerContext of(Path directory, String elements) throws JoranException {
        return configured(parquet(directory, elements), "PARQUET");
    }

    static String parquet(Path directory, String elements) {
        return "<appender name='PARQUET' class='io.parquetflow.logback.ParquetAppender'><directory>" + directory
                + "</directory>" + elements + "</appender>";
    }

    static LoggerContext configured(String appenders, String ref) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        configure(context, appenders, ref);
        return context;
    }

    static void configure(LoggerContext context, String appenders, String ref) throws JoranException {
        String xml = "<configuration>" + appenders + "<root level='TRACE'><appender-ref ref='" + ref
                + "'/></root></configuration>";
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
