package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;

/** Random events go to a text file and to us; what DuckDB reads of ours says the same of each. */
@Tag("files")
class LogbackDifferentialTest {
    private static final int EVENTS = 100_000;
    private static final List<org.slf4j.event.Level> LEVELS = List.of(org.slf4j.event.Level.values());
    private static final char FIELD = '\u0001';

    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext();
    private final Random random = new Random(20261121);

    @Test
    void aHundredThousandRandomEventsSayTheSameInBoth() throws Exception {
        context.setMDCAdapter(new LogbackMDCAdapter());
        Path text = directory.resolve("reference.txt");
        Path ours = directory.resolve("ours");
        attach(reference(text));
        attach(appender(ours));
        for (int i = 0; i < EVENTS; i++) {
            log();
        }
        context.stop();
        List<String> expected = Files.readAllLines(text, StandardCharsets.UTF_8);
        assertThat(expected).hasSize(EVENTS);
        List<String> actual = read(ours);
        for (int i = 0; i < EVENTS; i++) {
            assertThat(actual.get(i)).as("event %d", i).isEqualTo(expected.get(i));
        }
        assertThat(actual).hasSize(EVENTS);
    }

    private void attach(ch.qos.logback.core.Appender<ILoggingEvent> appender) {
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    private static ParquetAppender appender(Path directory) {
        ParquetAppender appender = new ParquetAppender();
        appender.setName("PARQUET");
        appender.setDirectory(directory.toString());
        appender.setMaxEventBytes("1MB");
        appender.setRotateBytes("4MB");
        appender.setDropBelow("TRACE"); // nothing is below: everything may wait, and so nothing is dropped
        appender.setWaitAtMost("1s");
        return appender;
    }

    private static FileAppender<ILoggingEvent> reference(Path file) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        appender.setEncoder(new ReferenceEncoder());
        return appender;
    }

    // ---- random events

    private void log() {
        Logger logger = context.getLogger("com.acme." + (char) ('A' + random.nextInt(20)));
        context.getMDCAdapter().clear();
        for (int i = random.nextInt(4); i > 0; i--) {
            context.getMDCAdapter().put("mdc" + random.nextInt(6), text(20));
        }
        LoggingEventBuilder event = logger.atLevel(LEVELS.get(random.nextInt(LEVELS.size())));
        for (int i = random.nextInt(8) - 5; i > 0; i--) {
            event = event.addMarker(MarkerFactory.getDetachedMarker("M" + random.nextInt(5)));
        }
        for (int i = random.nextInt(8) - 5; i > 0; i--) {
            event = event.addKeyValue("key" + random.nextInt(100), value());
        }
        if (random.nextInt(20) == 0) {
            event = event.setCause(thrown(3));
        }
        StringBuilder template = new StringBuilder(random.nextInt(500) == 0 ? text(20_000) : text(30));
        int args = random.nextInt(5);
        for (int i = 0; i < args; i++) {
            template.append(random.nextInt(10) == 0 ? "" : " {}").append(random.nextInt(50) == 0 ? "\\{}" : "");
            event = event.addArgument(value());
        }
        event.log(template.toString());
    }

    private Object value() {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100);
            case 2 -> random.nextDouble();
            case 3 -> random.nextBoolean();
            case 4 -> (char) (' ' + random.nextInt(90));
            case 5 -> new int[] {1, 2, random.nextInt()};
            case 6 -> List.of("a", random.nextInt());
            case 7 -> new java.util.concurrent.atomic.AtomicInteger(random.nextInt());
            case 8 -> Level.INFO;
            case 9 -> (short) random.nextInt();
            default -> text(40);
        };
    }

    private Throwable thrown(int depth) {
        Throwable cause = depth > 0 && random.nextBoolean() ? thrown(depth - 1) : null;
        Throwable thrown = new IllegalStateException(text(20), cause);
        if (random.nextBoolean()) {
            thrown.addSuppressed(new RuntimeException("aside"));
        }
        return thrown;
    }

    /** No line ends, since the reference is lines. */
    private String text(int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most);
        int alphabet = random.nextInt(10);
        while (text.length() < length) {
            switch (alphabet) {
                case 0 -> text.appendCodePoint(0x20 + random.nextInt(0xd800 - 0x20));
                case 1 -> text.appendCodePoint(0x1f300 + random.nextInt(500));
                case 2 -> text.append("{}".charAt(random.nextInt(2)));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString()
                .replace('\u2028', ' ')
                .replace('\u2029', ' ')
                .replace('\u0085', ' ')
                .replace("\\", "/");
    }

    // ---- the two sides

    /** What Logback itself says of an event. */
    private static final class ReferenceEncoder extends EncoderBase<ILoggingEvent> {
        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            Map<String, String> attributes = new TreeMap<>(event.getMDCPropertyMap());
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
                attributes.put(
                        pair.key,
                        org.slf4j.helpers.MessageFormatter.arrayFormat("{}", new Object[] {pair.value})
                                .getMessage());
            }
            IThrowableProxy thrown = event.getThrowableProxy();
            List<String> fields = new ArrayList<>(List.of(
                    event.getLevel().toString(),
                    event.getLoggerName(),
                    event.getThreadName(),
                    Long.toString(ChronoUnit.NANOS.between(Instant.EPOCH, event.getInstant())),
                    event.getFormattedMessage(),
                    event.getMessage(),
                    Integer.toString(event.getArgumentArray() == null ? 0 : event.getArgumentArray().length),
                    attributes.toString(),
                    event.getMarkerList() == null
                            ? "[]"
                            : event.getMarkerList().stream()
                                    .map(Marker::getName)
                                    .toList()
                                    .toString()));
            for (IThrowableProxy at = thrown; at != null; at = at.getCause()) {
                fields.add(at.getClassName() + ": " + at.getMessage());
            }
            return (String.join(String.valueOf(FIELD), fields) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<String> read(Path directory) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("select severity_text, logger, thread_name, source_ts_ns, body,"
                        + " template, coalesce(len(args), 0) as args, map_keys(attributes) as names,"
                        + " map_values(attributes) as texts, map_keys(attributes_long) as long_names,"
                        + " map_values(attributes_long) as longs, map_keys(attributes_double) as double_names,"
                        + " map_values(attributes_double) as doubles, markers, exception_stacktrace as trace"
                        + " from read_parquet('" + directory + "/*.parquet') order by seq")) {
            while (rows.next()) {
                Map<String, String> attributes = new TreeMap<>();
                addTo(attributes, rows, "names", "texts");
                addTo(attributes, rows, "long_names", "longs");
                addTo(attributes, rows, "double_names", "doubles");
                List<String> fields = new ArrayList<>();
                for (int i = 1; i <= 7; i++) {
                    fields.add(rows.getString(i));
                }
                fields.add(attributes.toString());
                fields.add(
                        rows.getArray("markers") == null
                                ? "[]"
                                : List.of((Object[]) rows.getArray("markers").getArray())
                                        .toString());
                causes(rows.getString("trace"), fields);
                lines.add(String.join(String.valueOf(FIELD), fields));
            }
        }
        return lines;
    }

    private static void addTo(Map<String, String> attributes, ResultSet rows, String names, String values)
            throws Exception {
        if (rows.getArray(names) != null) {
            Object[] keys = (Object[]) rows.getArray(names).getArray();
            Object[] texts = (Object[]) rows.getArray(values).getArray();
            for (int i = 0; i < keys.length; i++) {
                attributes.put((String) keys[i], String.valueOf(texts[i]));
            }
        }
    }

    /** The lines of a stack trace that begin with what was thrown. */
    private static void causes(String trace, List<String> fields) {
        if (trace != null) {
            String[] lines = trace.split("\n");
            fields.add(lines[0]);
            for (String line : lines) {
                if (line.startsWith("Caused by: ")) {
                    fields.add(line.substring("Caused by: ".length()));
                }
            }
        }
    }
}
