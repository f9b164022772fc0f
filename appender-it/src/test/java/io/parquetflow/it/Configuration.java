package io.parquetflow.it;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What an application's configuration file says: one appender, named PARQUET, and what its framework has to tell on standard output. */
final class Configuration {
    private final Path directory;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private String level = "INFO";
    private boolean behindAsync;
    private boolean ownHook = true;

    Configuration(Path directory) {
        this.directory = directory;
    }

    /** A key as the framework's file has it: an element, or an attribute. */
    void key(String camelCase, String value) {
        keys.put(camelCase, value);
    }

    /** A key by its name in other places. */
    void option(String kebabCase, String value) {
        options.put(kebabCase, value);
    }

    void level(String root) {
        level = root;
    }

    /** Log4j's own appender with a thread stands in front. */
    void behindAsync() {
        behindAsync = true;
    }

    /** Without Log4j's own end of everything when the process ends. */
    void withoutLog4jsHook() {
        ownHook = false;
    }

    String text(Appender appender) {
        return appender == Appender.LOGBACK ? logback() : log4j();
    }

    private String logback() {
        return "<configuration><statusListener class='ch.qos.logback.core.status.OnConsoleStatusListener'/>"
                + "<appender name='PARQUET' class='io.parquetflow.logback.ParquetAppender'><directory>" + directory
                + "</directory>" + each(keys, "<%1$s>%2$s</%1$s>") + each(options, "<option>%s=%s</option>")
                + "</appender><root level='" + level + "'><appender-ref ref='PARQUET'/></root></configuration>";
    }

    private String log4j() {
        return "<Configuration status='WARN' dest='out' shutdownHook='" + (ownHook ? "enable" : "disable")
                + "'><Appenders><Parquet name='PARQUET' directory='" + directory + "'" + each(keys, " %s='%s'") + ">"
                + each(options, "<Property name='%s'>%s</Property>") + "</Parquet>"
                + (behindAsync ? "<Async name='ASYNC'><AppenderRef ref='PARQUET'/></Async>" : "")
                + "</Appenders><Loggers><Root level='" + level + "'><AppenderRef ref='"
                + (behindAsync ? "ASYNC" : "PARQUET") + "'/></Root></Loggers></Configuration>";
    }

    private static String each(Map<String, String> pairs, String format) {
        return pairs.entrySet().stream()
                .map(pair -> String.format(format, pair.getKey(), pair.getValue()))
                .collect(Collectors.joining());
    }
}
