package io.parquetflow.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.log.PlainDraft.Event;
import io.parquetflow.spi.Codec;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.NoSlabLeft;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rejects keep payloads whole, and an appender's payload is a packed row: so a secret must be gone from it before it leaves
 * its thread. An appender has no decoder, and nothing that it writes is ever rejected; what a reject would hold is shown
 * with a sink that rejects everything.
 */
@ExtendWith(NoSlabLeft.class)
class MaskedRowsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CARD = "4111111111111111";
    private static final String PASSWORD = "hunter2hunter2";
    private static final String SEEN = "plainly-to-be-seen";
    private static final MessageType ANY = MessageTypeParser.parseMessageType("message any { required int32 never; }");

    @TempDir
    private Path directory;

    private Map<String, String> keys() {
        return Map.of(
                "directory",
                directory.resolve("logs").toString(),
                "mask-names",
                "pass*",
                "columns",
                "wide",
                "codec",
                "uncompressed",
                "encoding.body",
                "plain");
    }

    /** With a secret wherever an event has a text, and in the words of things that fail when they are asked for theirs. */
    private static List<Event> events() {
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text of " + CARD);
            }
        };
        Exception silent = new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message of " + CARD);
            }
        };
        Exception suppressing = new Exception("outer " + CARD, new IllegalStateException("inner " + CARD));
        suppressing.addSuppressed(new IOException("suppressed " + CARD));
        List<Event> events = new ArrayList<>();
        events.add(Event.of("INFO", SEEN + " {} and {}", CARD, List.of(CARD)));
        events.add(Event.of("INFO", SEEN + " template of " + CARD));
        events.add(Event.of("LEVEL " + CARD, SEEN));
        events.add(Event.of("INFO", SEEN).with("number", Long.valueOf(CARD), "text", CARD, "password", PASSWORD));
        events.add(Event.of("INFO", SEEN).with("wide", CARD, "event.name", "of " + CARD, "traceId", "no " + CARD));
        events.add(Event.of("INFO", SEEN).with("of " + CARD, "one", "of 5" + CARD.substring(1), "two"));
        events.add(Event.of("INFO", SEEN).with("n".repeat(2_000) + " " + CARD, "a long name"));
        events.add(Event.of("INFO", SEEN).with("failing", failing));
        events.add(new Event("ERROR", SEEN, new Object[0], suppressing));
        events.add(new Event("ERROR", SEEN, new Object[0], silent));
        events.add(Event.of("INFO", SEEN + " {}" + " " + CARD.repeat(10_000), CARD));
        return events;
    }

    private EventForm form() {
        LogConfig config = new LogConfig(keys(), Map.of("\\d{13,16}", "#"), (level, line, cause) -> assertThat(line)
                .isEmpty());
        return new EventForm(config, LogSchema.of(config.columns()));
    }

    /** As an appender's thread makes them, and nothing else does. */
    private List<byte[]> rows() {
        EventEncoder encoder = new EventEncoder(form());
        PlainDraft draft = new PlainDraft();
        List<byte[]> rows = new ArrayList<>();
        for (Event event : events()) {
            draft.severityNumber = Severity.INFO;
            draft.fill(event);
            int length = encoder.encode(draft);
            rows.add(Arrays.copyOf(encoder.array(), length));
            draft.clear();
        }
        return rows;
    }

    private static List<Path> files(Path below) throws IOException {
        try (var files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<Path> holding(Path below, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files(below)) {
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                found.add(file);
            }
        }
        return found;
    }

    @Test
    void whatARejectWouldHoldIsMaskedAlready() throws Exception {
        Path capture = directory.resolve("capture");
        List<byte[]> rows = rows();
        try (LogSink sink = LogSink.builder(capture)
                .slabDirectory(Files.createDirectory(directory.resolve("slab")))
                .codec(Codec.UNCOMPRESSED)
                .decoder(ANY, (payload, record, to) -> {
                    throw new IOException("no row of it");
                })
                .build()) {
            for (byte[] row : rows) {
                assertThat(sink.record(row, LONG)).isTrue();
            }
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(holding(directory, SEEN)).as("slab, journal").isNotEmpty();
            assertThat(holding(directory, CARD)).isEmpty();
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().rejected()).isEqualTo(rows.size());
        }
        assertThat(files(capture.resolve(FlowDirectory.REJECTS)))
                .singleElement()
                .satisfies(file -> {
                    assertThat(Segments.rows(file)).hasSize(rows.size());
                    assertThat(holding(file, SEEN)).containsExactly(file);
                });
        assertThat(holding(directory, CARD)).isEmpty();
        assertThat(holding(directory, PASSWORD)).isEmpty();
    }

    @Test
    void noEventIsRejectedAndNoSecretIsInAnyFile() throws Exception {
        EventSink<Event> sink =
                EventSink.open("PLAIN", keys(), Map.of("\\d{13,16}", "#"), PlainDraft::new, (level, line, cause) -> {});
        try (sink) {
            for (Event event : events()) {
                assertThat(sink.append(event, Severity.INFO)).isTrue();
            }
        }
        assertThat(sink.stats().rejected()).isZero();
        assertThat(sink.stats().rowsSealed()).isEqualTo(events().size());
        Path logs = directory.resolve("logs");
        assertThat(logs.resolve(FlowDirectory.REJECTS)).doesNotExist();
        assertThat(holding(logs, SEEN)).anyMatch(file -> file.toString().endsWith(".parquet"));
        assertThat(holding(logs, CARD)).isEmpty();
        assertThat(holding(logs, PASSWORD)).isEmpty();
        assertThat(
                        Duck.query(
                                logs,
                                "select attributes::varchar from {} where list_contains(map_keys(attributes), 'of #') order by seq"))
                .hasToString("[[{of #=one, of #=two}]]");
    }
}
