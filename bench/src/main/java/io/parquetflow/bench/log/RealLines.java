package io.parquetflow.bench.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.slf4j.LoggerFactory;

/**
 * The lines of real logs, to be logged again: level, logger and message.
 *
 * <p>Thread-safe: immutable.
 */
final class RealLines {
    /** Time, level, and what follows: {@code logger: message}, or {@code [thread] - message}. */
    private static final Pattern LINE = Pattern.compile("^.*? (TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\\s+(.*)$");

    private static final Pattern LOGGER = Pattern.compile("^([\\w.$]+): (.*)$");

    /** Set by the run, before its threads start. */
    private static RealLines current;

    private final List<Line> lines = new ArrayList<>();
    private final long bytes;

    /** One of them; its message has the tag in front. */
    record Line(Level level, String logger, String message) {}

    private RealLines(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                Matcher m = LINE.matcher(text);
                if (m.matches()) {
                    Matcher named = LOGGER.matcher(m.group(2));
                    String logger = named.matches() ? named.group(1) : "org.apache.zookeeper.server";
                    String message = named.matches() ? named.group(2) : m.group(2);
                    lines.add(new Line(Level.valueOf(m.group(1)), logger, EventKind.TAG + message));
                    sum += text.getBytes(StandardCharsets.UTF_8).length + 1;
                }
            }
        }
        bytes = sum;
    }

    static void load(List<Path> files) throws IOException {
        current = new RealLines(files);
    }

    /** How many events are so many bytes of these logs. */
    static long events(long wantedBytes) {
        return wantedBytes * current.lines.size() / current.bytes;
    }

    static Caller slf4j() {
        List<Line> all = current.lines;
        List<org.slf4j.Logger> loggers = new ArrayList<>();
        all.forEach(line -> loggers.add(LoggerFactory.getLogger(line.logger)));
        return i -> {
            int at = (int) (i % all.size());
            Line line = all.get(at);
            loggers.get(at)
                    .atLevel(org.slf4j.event.Level.valueOf(line.level.name()))
                    .log(line.message);
        };
    }

    static Caller log4j() {
        List<Line> all = current.lines;
        List<org.apache.logging.log4j.Logger> loggers = new ArrayList<>();
        all.forEach(line -> loggers.add(LogManager.getLogger(line.logger)));
        return i -> {
            int at = (int) (i % all.size());
            loggers.get(at).log(all.get(at).level, all.get(at).message);
        };
    }
}
