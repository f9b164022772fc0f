package io.parquetflow.cli.inspect;

import io.parquetflow.LogSink;
import io.parquetflow.Stream;
import io.parquetflow.log.LogSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Segments of log events as an appender's sink writes them: real sinks, rows packed by hand. A test names the columns it
 * cares about.
 */
final class LogSamples implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-21T17:02:03.123456Z");
    static final int MOST_BYTES = 32 << 10;

    private final MessageType schema;
    private final LogSink sink;
    private final Stream stream;

    private LogSamples(Path directory, String name, List<String> promoted, long rotateRows) throws IOException {
        schema = LogSchema.of(promoted);
        sink = LogSink.builder(directory)
                .name(name)
                .packed(schema)
                .memoryLimit(8 << 20)
                .maxPayload(MOST_BYTES)
                .rotateRows(rotateRows)
                .rowGroupRows(Math.min(rotateRows, 1000))
                .slabDirectory(directory)
                .jmx(false)
                .build();
        stream = sink.stream("app");
    }

    static LogSamples in(Path directory, String... promoted) throws IOException {
        return new LogSamples(directory, "applog", List.of(promoted), 1_000_000);
    }

    static LogSamples rotating(Path directory, String name, long rotateRows) throws IOException {
        return new LogSamples(directory, name, List.of(), rotateRows);
    }

    /** So many seconds after the start. */
    static Instant at(double seconds) {
        return START.plusNanos((long) (seconds * 1e9));
    }

    LogSamples event(double seconds, int severity, String text, String logger, String body) {
        return event(at(seconds), severity, text, logger, body, Map.of());
    }

    LogSamples info(double seconds, String body) {
        return event(seconds, 9, "INFO", "com.acme.Orders", body);
    }

    LogSamples info(double seconds, String body, Map<String, ?> more) {
        return event(at(seconds), 9, "INFO", "com.acme.Orders", body, more);
    }

    LogSamples event(Instant at, int severity, String text, String logger, String body, Map<String, ?> more) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("service", "shop");
        row.put("host", "here");
        row.put("severity_number", severity);
        row.put("severity_text", text);
        row.put("logger", logger);
        row.put("body", body);
        row.put("truncated", false);
        row.putAll(more);
        long ns = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        byte[] packed = pack(row);
        if (packed.length > MOST_BYTES) {
            stream.tryRecord(packed, 0, packed.length, ns + 1_000, ns); // lost, and told with the next one
        } else if (!stream.record(packed, 0, packed.length, ns + 1_000, ns, Duration.ofSeconds(20))) {
            throw new AssertionError("no room for twenty seconds");
        }
        return this;
    }

    LogSink sink() {
        return sink;
    }

    /** Seals. */
    @Override
    public void close() {
        sink.close();
    }

    private byte[] pack(Map<String, Object> row) {
        List<ColumnDescriptor> leaves = schema.getColumns();
        ByteArrayOutputStream levels = new ByteArrayOutputStream();
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (ColumnDescriptor leaf : leaves) {
            Object value = row.get(leaf.getPath()[0]);
            levels.write(value == null ? 0 : leaf.getMaxDefinitionLevel());
            if (value == null) {
                continue;
            }
            String last = leaf.getPath()[leaf.getPath().length - 1];
            if (value instanceof Map<?, ?> map) {
                elements(values, leaf, new ArrayList<>(last.equals("key") ? map.keySet() : map.values()));
            } else if (value instanceof List<?> list) {
                elements(values, leaf, list);
            } else {
                value(values, value);
            }
        }
        levels.writeBytes(values.toByteArray());
        return levels.toByteArray();
    }

    private static void elements(ByteArrayOutputStream to, ColumnDescriptor leaf, List<?> elements) {
        value(to, elements.size());
        for (Object element : elements) {
            to.write(leaf.getMaxDefinitionLevel());
            value(to, element);
        }
    }

    private static void value(ByteArrayOutputStream to, Object value) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            value(to, utf8.length);
            to.writeBytes(utf8);
        } else if (value instanceof byte[] fixed) {
            to.writeBytes(fixed);
        } else if (value instanceof Boolean bool) {
            to.write(bool ? 1 : 0);
        } else if (value instanceof Integer number) {
            to.write(bytes.putInt(number).array(), 0, Integer.BYTES);
        } else if (value instanceof Long number) {
            to.writeBytes(bytes.putLong(number).array());
        } else {
            to.writeBytes(bytes.putDouble((Double) value).array());
        }
    }
}
