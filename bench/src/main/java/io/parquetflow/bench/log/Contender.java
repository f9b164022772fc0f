package io.parquetflow.bench.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Who writes the events, each to real files, configured as its own documentation says; and two who write nothing. */
enum Contender {
    /** Our Logback appender. */
    OURS_LOGBACK("ours-logback", Framework.LOGBACK, ".parquet") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return logback(
                    "<appender name='A' class='io.parquetflow.logback.ParquetAppender'><shutdownTimeout>60s</shutdownTimeout><directory>"
                            + directory
                            + "</directory>"
                            + (lossless ? "<dropBelow>TRACE</dropBelow><waitAtMost>1s</waitAtMost>" : "")
                            + "</appender>");
        }
    },
    /** Our Log4j appender, called by the loggers themselves. */
    OURS_LOG4J("ours-log4j", Framework.LOG4J, ".parquet") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return log4j("<Parquet name='A' directory='" + directory + "' shutdownTimeout='60s' "
                    + (lossless ? "dropBelow='TRACE' waitAtMost='1s'" : "") + "/>");
        }
    },
    /** Log4j's asynchronous loggers with its fastest file appender. */
    LOG4J_ASYNC("log4j-async", Framework.LOG4J_ASYNC, ".log") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return log4j(rollingRandomAccessFile(directory));
        }
    },
    /** The same, its writer thread sleeping at rest. */
    LOG4J_ASYNC_SLEEP("log4j-async-sleep", Framework.LOG4J_ASYNC_SLEEP, ".log") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return log4j(rollingRandomAccessFile(directory));
        }
    },
    /** Logback's asynchronous appender, in front of its file appender. */
    LOGBACK_ASYNC("logback-async", Framework.LOGBACK, ".log") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return logback(rollingFile(directory, ".log", "<encoder><pattern>" + PATTERN + "</pattern></encoder>")
                    + "<appender name='A' class='ch.qos.logback.classic.AsyncAppender'><queueSize>65536</queueSize>"
                    + "<discardingThreshold>0</discardingThreshold><neverBlock>" + !lossless
                    + "</neverBlock><maxFlushTime>60000</maxFlushTime><appender-ref ref='F'/></appender>");
        }
    },
    /** logstash-logback-encoder's asynchronous appender: JSON to a file. */
    LOGSTASH_ASYNC("logstash-async", Framework.LOGBACK, ".json") {
        @Override
        String configuration(Path directory, boolean lossless) {
            String file = rollingFile(directory, ".json", JSON_ENCODER);
            return logback(file + "<appender name='A'"
                    + " class='net.logstash.logback.appender.LoggingEventAsyncDisruptorAppender'>"
                    + "<ringBufferSize>65536</ringBufferSize>"
                    + (lossless ? "<appendTimeout>-1</appendTimeout>" : "")
                    + "<appender-ref ref='F'/></appender>");
        }
    },
    /** JSON on standard output, as a collector wants it. */
    JSON_STDOUT("json-stdout", Framework.LOGBACK_STDOUT, ".json") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return logback(
                    "<appender name='A' class='ch.qos.logback.core.ConsoleAppender'>" + JSON_ENCODER + "</appender>");
        }
    },
    /** Logback with an appender that does nothing: what its own part of a call takes. */
    NOTHING_LOGBACK("nothing-logback", Framework.LOGBACK, ".none") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return logback("<appender name='A' class='ch.qos.logback.core.helpers.NOPAppender'/>");
        }
    },
    /** Log4j with an appender that does nothing. */
    NOTHING_LOG4J("nothing-log4j", Framework.LOG4J, ".none") {
        @Override
        String configuration(Path directory, boolean lossless) {
            return log4j("<Null name='A'/>");
        }
    };

    /** Which framework is called, and what it has to be told before it starts. */
    enum Framework {
        LOGBACK,
        LOGBACK_STDOUT,
        LOG4J,
        LOG4J_ASYNC,
        LOG4J_ASYNC_SLEEP
    }

    private static final String PATTERN = "%d{ISO8601} [%t] %-5level %logger{36} - %msg {%X}%n%ex";
    private static final String JSON_ENCODER = "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>";

    private final String key;
    private final Framework framework;
    private final String suffix;

    Contender(String key, Framework framework, String suffix) {
        this.key = key;
        this.framework = framework;
        this.suffix = suffix;
    }

    /**
     * What the framework reads.
     *
     * @param lossless wait for room instead of dropping
     */
    abstract String configuration(Path directory, boolean lossless);

    String key() {
        return key;
    }

    Framework framework() {
        return framework;
    }

    boolean isOurs() {
        return suffix.equals(".parquet");
    }

    /** One that is only a floor: it writes nothing. */
    boolean writes() {
        return !suffix.equals(".none");
    }

    String suffix() {
        return suffix;
    }

    static Optional<Contender> named(String key) {
        return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst();
    }

    Path write(Path directory, boolean lossless) throws IOException {
        Path file = directory.resolve(framework.name().startsWith("LOGBACK") ? "logback.xml" : "log4j2.xml");
        return Files.writeString(file, configuration(directory, lossless), StandardCharsets.UTF_8);
    }

    private static String logback(String appenders) {
        return "<configuration>" + appenders + "<root level='INFO'><appender-ref ref='A'/></root></configuration>";
    }

    private static String rollingFile(Path directory, String suffix, String encoder) {
        return "<appender name='F' class='ch.qos.logback.core.rolling.RollingFileAppender'><file>"
                + directory.resolve("bench" + suffix) + "</file><immediateFlush>false</immediateFlush>"
                + "<rollingPolicy class='ch.qos.logback.core.rolling.TimeBasedRollingPolicy'><fileNamePattern>"
                + directory.resolve("bench-%d{yyyy-MM-dd}" + suffix) + "</fileNamePattern></rollingPolicy>" + encoder
                + "</appender>";
    }

    private static String log4j(String appender) {
        return "<Configuration status='WARN'><Appenders>" + appender
                + "</Appenders><Loggers><Root level='INFO'><AppenderRef ref='A'/></Root></Loggers></Configuration>";
    }

    private static String rollingRandomAccessFile(Path directory) {
        return "<RollingRandomAccessFile name='A' fileName='" + directory.resolve("bench.log") + "' filePattern='"
                + directory.resolve("bench-%d{yyyy-MM-dd}-%i.log")
                + "' immediateFlush='false'><PatternLayout pattern='%d{ISO8601} [%t] %-5level %logger{36} - %msg %X%n%ex'/>"
                + "<Policies><SizeBasedTriggeringPolicy size='10GB'/></Policies></RollingRandomAccessFile>";
    }
}
