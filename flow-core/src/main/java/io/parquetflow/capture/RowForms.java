package io.parquetflow.capture;

import io.parquetflow.column.ColumnChunkBuffer;
import io.parquetflow.column.DirectBytes;
import io.parquetflow.column.PackedShredder;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.PageCompressors;
import io.parquetflow.column.PageLimits;
import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowColumns;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.column.RowShredder;
import io.parquetflow.column.Shredder;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Makes what a {@link RowForm} needs on the writer thread.
 *
 * <p>Not thread-safe: the writer thread's, at its start.
 */
public final class RowForms {
    private static final int FIRST_CHUNK_BYTES = 4 << 10;

    private final SinkConfig config;
    private final RowForm form;
    private final MemoryPlan plan;
    private final PageCompressor compressor;

    RowForms(SinkConfig config, RowForm form, MemoryPlan plan, PageCompressor compressor) {
        this.config = config;
        this.form = form;
        this.plan = plan;
        this.compressor = compressor;
    }

    /**
     * Whether the schema can be written, and keys that name columns name columns there are, with encodings they can have.
     * A system property holds for every sink of the process: the column it names may be another sink's.
     *
     * @throws IllegalArgumentException naming the one that does not
     */
    static void checkColumns(SinkConfig config, RowForm form) {
        List<ColumnDescriptor> columns = form.schema() == null
                ? List.of(RawSchema.SCHEMA.getColumns().get(RawSchema.PAYLOAD))
                : form.segmentSchema().getColumns().stream()
                        .skip(HeaderColumns.COUNT)
                        .toList();
        Map<String, ColumnOptions> left = new LinkedHashMap<>(config.columns());
        for (ColumnDescriptor column : columns) {
            ColumnOptions options = left.remove(String.join(".", column.getPath()));
            if (options != null) {
                ColumnChunkBuffer.check(column, options);
            }
        }
        left.keySet().removeIf(column -> !config.isOwnColumn(column));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("invalid configuration: no such column: path="
                    + left.keySet().iterator().next() + ", columns="
                    + columns.stream().map(c -> String.join(".", c.getPath())).toList());
        }
    }

    Rows rows() {
        if (form.kind() == RowForm.Kind.RAW) {
            ColumnOptions payload = config.columns().getOrDefault(RawSchema.PAYLOAD_NAME, RawRows.PLAIN);
            return new RawRows(plan, config.number(ConfigKey.ROW_GROUP_ROWS), compressor, payload);
        }
        TypedRows typed = typed();
        return form.decoder() == null ? typed : new DecodedRows(form.decoder(), layout(), typed, plan);
    }

    /**
     * How rows of a sink are staged.
     *
     * @param schema the user's
     * @param config says which columns' text is repaired
     * @return the same for producers and the writer thread
     */
    public static RecordLayout layout(MessageType schema, SinkConfig config) {
        Set<String> repaired = new LinkedHashSet<>();
        config.columns().forEach((column, options) -> {
            if (options.repair() && (config.isOwnColumn(column) || has(schema, column))) {
                repaired.add(column);
            }
        });
        return RecordLayout.of(schema, repaired);
    }

    private static boolean has(MessageType schema, String path) {
        return schema.getColumns().stream()
                .anyMatch(c -> String.join(".", c.getPath()).equals(path));
    }

    private RecordLayout layout() {
        return layout(form.schema(), config);
    }

    private TypedRows typed() {
        MessageType schema = form.segmentSchema();
        PageLimits limits = plan.pageLimits();
        DirectBytes scratch = new DirectBytes(plan.pageBytes());
        List<ColumnDescriptor> columns = schema.getColumns(); // made anew each time it is asked for
        HeaderColumns header = new HeaderColumns(columns, compressor, scratch, limits);
        PageCompressors codecs = PageCompressors.withStandIn(compressor);
        List<ColumnChunkBuffer> own = new ArrayList<>();
        for (ColumnDescriptor column : columns.subList(HeaderColumns.COUNT, columns.size())) {
            ColumnOptions options = options(column);
            own.add(ColumnChunkBuffer.of(column, options, codecs.of(options), scratch, limits, FIRST_CHUNK_BYTES));
        }
        List<ColumnChunkBuffer> all = new ArrayList<>(header.buffers());
        all.addAll(own);
        RowGroupBuffer group = new RowGroupBuffer(all, codecs, scratch);
        return new TypedRows(
                schema,
                header,
                shredder(new RowColumns(own), group),
                group,
                plan.rowGroupBytes(),
                config.number(ConfigKey.ROW_GROUP_ROWS));
    }

    private Shredder shredder(RowColumns columns, RowGroupBuffer group) {
        return form.kind() == RowForm.Kind.PACKED
                ? new PackedShredder(form.schema(), columns, group)
                : new RowShredder(layout(), columns);
    }

    private ColumnOptions options(ColumnDescriptor column) {
        return config.columns().getOrDefault(String.join(".", column.getPath()), ColumnOptions.DEFAULT);
    }

    /** Null where nothing is ever rejected. */
    Rejects rejects() {
        return form.decoder() == null ? null : new Rejects(plan, form.decoder().name(), compressor);
    }
}
