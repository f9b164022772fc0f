package io.parquetflow.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.util.Constants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random events go to a text file of Log4j's own layout and to us; what DuckDB reads of ours says the same of each. */
@Tag("files")
class Log4jDifferentialTest {
    private static final int EVENTS = 100_000;

    // Between the fields and behind the events of the text file; in no text.
    private static final String FIELD = "\u241f";
    private static final String EVENT = "\u241e";

    private static final String PATTERN = String.join(
                    FIELD,
                    "%level",
                    "%c",
                    "%t",
                    "%tid",
                    "%d{yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn}{UTC}",
                    "%m{nolookups}",
                    "%X",
                    "%K{k1}",
                    "%K{k2}",
                    "%K{user}",
                    "%x",
                    "%marker",
                    "%ex{full}")
            + EVENT;
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn").withZone(ZoneOffset.UTC);

    @TempDir
    private Path directory;

    @Test
    void aHundredThousandRandomEventsSayTheSameInBoth() throws Exception {
        compare(new LoggerContext("sync"));
    }

    @Test
    void aHundredThousandRandomEventsOfAsyncLoggersSayTheSameInBoth() throws Exception {
        compare(new AsyncLoggerContext("async"));
    }

    private void compare(LoggerContext context) throws Exception {
        assertThat(Constants.ENABLE_THREADLOCALS).as("messages are used again").isTrue();
        Path text = directory.resolve("reference.txt");
        Path ours = directory.resolve("ours");
        context.start(configuration(context, text, ours));
        RandomEvents events = new RandomEvents(context, 20261121);
        Thread feed = new Thread(() -> events.log(EVENTS), "feed"); // a stack of its own: traces are short
        feed.start();
        feed.join();
        context.stop();
        String[] reference = Files.readString(text, StandardCharsets.UTF_8).split(EVENT);
        List<String> actual = read(ours);
        for (int i = 0; i < EVENTS; i++) {
            String expected = expected(reference[i]) + FIELD + events.said().get(i);
            int differ = Arrays.mismatch(expected.toCharArray(), actual.get(i).toCharArray());
            assertThat(near(actual.get(i), differ)).as("event %d", i).isEqualTo(near(expected, differ));
        }
        assertThat(reference).hasSize(EVENTS);
        assertThat(actual).hasSize(EVENTS);
    }

    /** Events may be long. */
    private static String near(String event, int at) {
        return at < 0
                ? ""
                : event.substring(Math.max(0, Math.min(event.length(), at) - 60), Math.min(event.length(), at + 60));
    }

    private static XmlConfiguration configuration(LoggerContext context, Path text, Path ours) throws Exception {
        String xml = "<Configuration><Appenders><File name='text' fileName='" + text
                + "'><PatternLayout charset='UTF-8'"
                + " alwaysWriteExceptions='false'><Pattern><![CDATA[" + PATTERN + "]]></Pattern></PatternLayout></File>"
                + "<Parquet name='parquet' directory='" + ours + "' maxEventBytes='1MB' rotateBytes='4MB'"
                // Nothing is below TRACE: everything may wait, and so nothing is dropped.
                + " dropBelow='TRACE' waitAtMost='1s'/></Appenders><Loggers><Root level='ALL'>"
                + "<AppenderRef ref='text'/><AppenderRef ref='parquet'/></Root></Loggers></Configuration>";
        return new XmlConfiguration(
                context, new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    }

    // ---- the two sides, in one form

    private static String expected(String event) {
        String[] fields = event.split(FIELD, -1);
        Map<String, String> attributes = new TreeMap<>();
        for (String pair : fields[6].replaceAll("^\\{|}$", "").split(", ")) {
            if (!pair.isEmpty()) {
                attributes.put(pair.split("=")[0], pair.split("=", 2)[1]);
            }
        }
        String[] ofMaps = {"k1", "k2", "user"};
        for (int i = 0; i < ofMaps.length; i++) {
            if (!fields[7 + i].isEmpty()) {
                attributes.put(ofMaps[i], fields[7 + i]);
            }
        }
        List<String> stack = words(fields[10]);
        List<String> markers = words(fields[11]);
        List<String> all = new ArrayList<>(Arrays.asList(fields).subList(0, 6));
        all.addAll(List.of(attributes.toString(), stack.toString(), markers.toString(), fields[12].strip()));
        return String.join(FIELD, all);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[\\[\\], ]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> read(Path directory) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("select severity_text, logger, thread_name, thread_id,"
                        + " source_ts_ns, body, map_keys(attributes) as names, map_values(attributes) as texts, ndc,"
                        + " markers, exception_stacktrace, template, coalesce(len(args), 0) from read_parquet('"
                        + directory + "/*.parquet') order by seq")) {
            while (rows.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 1; i <= 4; i++) {
                    fields.add(rows.getString(i));
                }
                fields.add(NANOS.format(Instant.ofEpochSecond(0, rows.getLong(5))));
                fields.add(rows.getString(6));
                Map<String, String> attributes = new TreeMap<>();
                List<String> names = list(rows, "names");
                for (int i = 0; i < names.size(); i++) {
                    attributes.put(names.get(i), list(rows, "texts").get(i));
                }
                fields.add(attributes.toString());
                fields.add(list(rows, "ndc").toString());
                fields.add(list(rows, "markers").toString());
                String trace = rows.getString("exception_stacktrace");
                fields.add(trace == null ? "" : trace.strip());
                fields.add(rows.getString("template"));
                fields.add(rows.getString(13));
                lines.add(String.join(FIELD, fields));
            }
        }
        return lines;
    }

    private static List<String> list(ResultSet rows, String column) throws Exception {
        return rows.getArray(column) == null
                ? List.of()
                : Arrays.stream((Object[]) rows.getArray(column).getArray())
                        .map(String::valueOf)
                        .toList();
    }
}
