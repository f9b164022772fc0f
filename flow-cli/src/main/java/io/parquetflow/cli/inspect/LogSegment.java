package io.parquetflow.cli.inspect;

import io.parquetflow.log.LogSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * A file of log events, and what its footer says about each row group, so that whole files need not be opened by the
 * engine. Whether a file is one, its schema says: names are anybody's.
 *
 * <p>Thread-safe: immutable.
 *
 * @param file where it is
 * @param promoted attributes with a column of their own
 * @param pieces its row groups
 */
record LogSegment(Path file, List<String> promoted, List<Piece> pieces) {
    /**
     * A row group. What the footer does not say is unlimited.
     *
     * @param file the row group's
     * @param rows how many
     * @param firstNs no event is earlier
     * @param lastNs no event is later
     * @param severity no event is outside
     * @param losses events were lost in front of some row, or may have been
     */
    record Piece(Path file, long rows, long firstNs, long lastNs, SeverityRange severity, boolean losses) {}

    /** Least and most of a column's values in a row group; {@code none} where all are null. */
    private record Bounds(long least, long most, boolean none, boolean someNull) {
        static final Bounds UNKNOWN = new Bounds(Long.MIN_VALUE, Long.MAX_VALUE, false, true);
    }

    private static final List<String> TEXTS = List.of("severity_text", "logger", "body");

    /** Reads the footer; empty when the file holds something else than log events. */
    static Optional<LogSegment> read(Path file) throws IOException {
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            SegmentFooter footer = SegmentFooter.read(bytes);
            if (!isLog(footer.schema())) {
                return Optional.empty();
            }
            List<Piece> pieces = new ArrayList<>();
            for (int group = 0; group < footer.meta().getRow_groups().size(); group++) {
                pieces.add(piece(file, footer, group));
            }
            return Optional.of(new LogSegment(file, promoted(footer.schema()), List.copyOf(pieces)));
        }
    }

    static boolean isLog(MessageType schema) {
        return has(schema, "ts_ns", PrimitiveTypeName.INT64)
                && has(schema, "source_ts_ns", PrimitiveTypeName.INT64)
                && has(schema, "seq", PrimitiveTypeName.INT64)
                && has(schema, "lost", PrimitiveTypeName.INT64)
                && has(schema, "writer", PrimitiveTypeName.BINARY)
                && has(schema, "stream", PrimitiveTypeName.BINARY)
                && has(schema, "severity_number", PrimitiveTypeName.INT32)
                && TEXTS.stream().allMatch(name -> has(schema, name, PrimitiveTypeName.BINARY));
    }

    private static boolean has(MessageType schema, String name, PrimitiveTypeName type) {
        return schema.containsField(name)
                && schema.getType(name).isPrimitive()
                && schema.getType(name).asPrimitiveType().getPrimitiveTypeName() == type;
    }

    private static List<String> promoted(MessageType schema) {
        MessageType fixed = LogSchema.of(List.of());
        return schema.getFields().stream()
                .filter(field -> !fixed.containsField(field.getName()) && isText(field))
                .map(Type::getName)
                .filter(name -> !LogColumns.isHeader(name))
                .toList();
    }

    private static boolean isText(Type field) {
        return field.isPrimitive()
                && !field.isRepetition(Type.Repetition.REPEATED)
                && field.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
    }

    private static Piece piece(Path file, SegmentFooter footer, int group) {
        Map<String, Bounds> bounds = new HashMap<>();
        for (Chunk chunk : footer.chunks(group)) {
            if (chunk.column().getPath().length == 1) {
                bounds.put(chunk.name(), bounds(chunk));
            }
        }
        Bounds own = bounds.get("source_ts_ns");
        Bounds captured = bounds.get("ts_ns");
        long first = own.none() ? captured.least() : own.least();
        long last = own.none() ? captured.most() : own.most();
        if (own.someNull()) { // an event without a time of its own has the capture's
            first = Math.min(first, captured.least());
            last = Math.max(last, captured.most());
        }
        Bounds severity = bounds.get("severity_number");
        return new Piece(
                file,
                footer.meta().getRow_groups().get(group).getNum_rows(),
                first,
                last,
                new SeverityRange(severity.least(), severity.most()),
                bounds.get("lost").most() > 0);
    }

    private static Bounds bounds(Chunk chunk) {
        Statistics claimed = chunk.meta().getStatistics();
        boolean counted = claimed != null && claimed.isSetNull_count();
        if (counted && claimed.getNull_count() == chunk.rows()) {
            return new Bounds(0, 0, true, true);
        }
        boolean optional = chunk.column().getMaxDefinitionLevel() > 0;
        boolean someNull = optional && (!counted || claimed.getNull_count() > 0);
        int width =
                switch (chunk.column().getPrimitiveType().getPrimitiveTypeName()) {
                    case INT32 -> Integer.BYTES;
                    case INT64 -> Long.BYTES;
                    default -> 0;
                };
        boolean said = claimed != null
                && width > 0
                && claimed.isSetMin_value()
                && claimed.isSetMax_value()
                && claimed.getMin_value().length == width
                && claimed.getMax_value().length == width;
        if (!said) {
            return Bounds.UNKNOWN;
        }
        return new Bounds(number(claimed.getMin_value()), number(claimed.getMax_value()), false, someNull);
    }

    private static long number(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        return value.length == Integer.BYTES ? bytes.getInt() : bytes.getLong();
    }
}
