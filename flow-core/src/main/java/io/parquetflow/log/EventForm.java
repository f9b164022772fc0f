package io.parquetflow.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * What all events of an appender have in common: what they begin with, and what is done to them.
 *
 * <p>Thread-safe: immutable, but for the counter of masks that failed.
 */
final class EventForm {
    private final LogConfig config;
    private final byte[] start;
    private final LongAdder maskFailures = new LongAdder();

    EventForm(LogConfig config, MessageType schema) {
        this.config = config;
        this.start = start(schema, config.resource());
    }

    /** The levels of a row in which everything is null, then service, host and resource. */
    private static byte[] start(MessageType schema, Resource resource) {
        List<ColumnDescriptor> columns = schema.getColumns();
        PackedRow row = new PackedRow(Integer.MAX_VALUE);
        row.begin(new byte[columns.size()]);
        row.putText(resource.service().getBytes(StandardCharsets.UTF_8));
        row.putText(resource.host().getBytes(StandardCharsets.UTF_8));
        Map<String, String> attributes = resource.attributes();
        if (!attributes.isEmpty()) {
            row.level(LogSchema.RESOURCE_KEY, LogSchema.KEY_LEVEL);
            row.level(LogSchema.RESOURCE_VALUE, LogSchema.VALUE_LEVEL);
            row.putInt(attributes.size());
            for (String key : attributes.keySet()) {
                row.putByte(LogSchema.KEY_LEVEL);
                row.putText(key.getBytes(StandardCharsets.UTF_8));
            }
            row.putInt(attributes.size());
            for (String value : attributes.values()) {
                row.putByte(LogSchema.VALUE_LEVEL);
                row.putText(value.getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = new byte[row.size()];
        System.arraycopy(row.array(), 0, bytes, 0, bytes.length);
        return bytes;
    }

    byte[] start() {
        return start;
    }

    int maxEventBytes() {
        return config.maxEventBytes();
    }

    /** Texts end here; lengths and numbers of what there is room for come on top. */
    int mostBytes() {
        return start.length + config.maxEventBytes();
    }

    boolean keepsArgs() {
        return config.keepsArgs();
    }

    int promoted() {
        return config.columns().size();
    }

    long maskFailures() {
        return maskFailures.sum();
    }

    /** One thread's. */
    Masks masks() {
        return config.masks().isEmpty() ? null : new Masks(config.masks(), maskFailures);
    }

    /** One thread's, with its masks. */
    AttributeRules rules(UnaryOperator<CharSequence> shown) {
        List<Pattern> excluded =
                config.exclude().stream().map(AttributeRules::glob).toList();
        List<Pattern> hidden =
                config.maskNames().stream().map(AttributeRules::glob).toList();
        return new AttributeRules(config.columns(), excluded, hidden, shown);
    }
}
