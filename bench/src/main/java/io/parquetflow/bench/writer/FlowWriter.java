package io.parquetflow.bench.writer;

import io.parquetflow.ColumnBatch;
import io.parquetflow.ColumnarWriter;
import io.parquetflow.ColumnarWriterBuilder;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Ours, a batch for each row group.
 *
 * <p>Not thread-safe.
 */
final class FlowWriter implements Contender {
    /** Row groups are cut by rows, as in all contenders; bytes must not cut them earlier. */
    private static final long ROW_GROUP_BYTES = 1L << 30;

    /** How values are handed over and encoded. */
    enum Form {
        /** From the heap; the encoding is the writer's choice. */
        AUTO("flow", "arrays on the heap, encodings chosen by the writer"),
        /** From the heap, each payload copied behind its length, as raw does it. */
        COPIED("flow.copied", "bytes and offsets on the heap, PLAIN: each payload copied behind its length"),
        /** From direct memory, payloads one after the other, so that none has to be copied. */
        TOGETHER("flow.together", "bytes in direct memory, DELTA_LENGTH_BYTE_ARRAY: payloads stay together");

        final String key;
        private final String work;

        Form(String key, String work) {
            this.key = key;
            this.work = work;
        }
    }

    private final Task task;
    private final Form form;
    private long peakBufferBytes;

    FlowWriter(Task task, Form form) {
        this.task = task;
        this.form = form;
    }

    @Override
    public String name() {
        return form.key;
    }

    @Override
    public String work() {
        return "ColumnarWriter, " + form.work + "; page CRC, statistics, size statistics, column and offset index";
    }

    @Override
    public String unfit(Task asked) {
        return form == Form.AUTO || asked.workload().isBinary() ? "" : "it takes one binary column";
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        ColumnarWriterBuilder builder = ColumnarWriter.builder(file, batches.schema())
                .codec(task.codec())
                .rowGroupRows(task.rowGroupRows())
                .rowGroupBytes(ROW_GROUP_BYTES);
        if (task.hasLevel()) {
            builder.codecLevel(task.level());
        }
        if (task.pageBytes() > 0) {
            builder.pageBytes(task.pageBytes());
        }
        if (task.pageRows() > 0) {
            builder.pageRows(task.pageRows());
        }
        if (form != Form.AUTO) {
            for (ColumnDescriptor column : batches.columns()) {
                builder.column(String.join(".", column.getPath()), ColumnOptions.DEFAULT.withEncoding(encoding()));
            }
        }
        peakBufferBytes = 0;
        try (ColumnarWriter writer = builder.build()) {
            ColumnBatch ours = writer.batch();
            for (long i = 0; i < batches.count(); i++) {
                Batch batch = batches.at(i);
                ours.rows(batch.rows());
                for (int c = 0; c < batch.columns().size(); c++) {
                    fill(ours, c, batch.columns().get(c));
                }
                writer.write(ours);
                peakBufferBytes = Math.max(peakBufferBytes, writer.memoryBytes());
            }
        }
    }

    private ColumnEncoding encoding() {
        return form == Form.COPIED ? ColumnEncoding.PLAIN : ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY;
    }

    private void fill(ColumnBatch ours, int c, ColumnValues column) {
        Levels levels = column.levels();
        if (levels.definition() != null) {
            ours.definitionLevels(c, levels.definition());
        }
        if (levels.repetition() != null) {
            ours.repetitionLevels(c, levels.repetition());
        }
        if (column.isInts()) {
            ours.ints(c, column.ints());
        } else if (!column.isBinary()) {
            ours.longs(c, column.longs());
        } else if (form == Form.TOGETHER) {
            ours.binary(c, column.memory(), column.offsets());
        } else {
            ours.binary(c, column.bytes(), column.offsets());
        }
    }

    @Override
    public Map<String, Long> extras() {
        return Map.of("peak_buffer_bytes", peakBufferBytes);
    }
}
