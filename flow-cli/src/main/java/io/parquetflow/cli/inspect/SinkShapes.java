package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * Whether sinks go together in one view. DuckDB makes such a view of anything, and fails only on the rows, with a message
 * that names no column.
 *
 * <p>Thread-safe: stateless.
 */
final class SinkShapes {
    private SinkShapes() {}

    /** Where a column is, and what it is there. */
    private record Place(String sink, String shape) {}

    /**
     * Compares the top-level columns of the sinks by their newest segments.
     *
     * @return the first that is not the same kind of thing everywhere, in words, or null
     */
    static String difference(Map<String, List<Path>> sinks) throws IOException {
        Map<String, Place> columns = new HashMap<>();
        for (Map.Entry<String, List<Path>> sink : sinks.entrySet()) {
            List<Path> files = sink.getValue();
            try (SegmentBytes bytes = SegmentBytes.open(files.get(files.size() - 1))) {
                for (Type field : SegmentFooter.read(bytes).schema().getFields()) {
                    Place here = new Place(sink.getKey(), shape(field));
                    Place before = columns.putIfAbsent(field.getName(), here);
                    if (before != null && !before.shape().equals(here.shape())) {
                        return "column " + field.getName() + " is a " + before.shape() + " in " + before.sink() + ", a "
                                + here.shape() + " in " + here.sink();
                    }
                }
            }
        }
        return null;
    }

    private static String shape(Type field) {
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        if (field.isRepetition(Type.Repetition.REPEATED)
                || logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return "list";
        }
        if (field.isPrimitive()) {
            return "value";
        }
        return logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation ? "map" : "group";
    }
}
