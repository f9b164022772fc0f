package io.parquetflow;

import io.parquetflow.column.BatchWriter;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.file.FinalName;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.WriterId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.schema.MessageType;

/**
 * Writes batches of columns as one Parquet file, on the caller's thread, without a ring.
 *
 * <pre>{@code
 * try (ColumnarWriter writer = ColumnarWriter.create(file, schema)) {
 *     writer.write(writer.batch().rows(2).longs(0, 1L, 2L).definitionLevels(1, (byte) 0, (byte) 1).ints(1, 7));
 * }
 * }</pre>
 *
 * <p>The file has another name until {@link #close}; under its own it is whole, or not there. A batch that is wrong is
 * refused as a whole, and the writer goes on as if there had been none. After an {@code IOException} the writer can only
 * be closed: what it wrote is deleted.
 *
 * <p>Not thread-safe.
 */
public final class ColumnarWriter implements AutoCloseable {
    private static final String IN_PROGRESS = ".inprogress";

    private final Path path;
    private final MessageType schema;
    private final SegmentFile file;
    private final BatchWriter batches;
    private final Map<String, String> metadata;
    private final boolean force;
    private boolean failed;
    private boolean closed;
    private long rows;

    ColumnarWriter(ColumnarWriterBuilder builder) throws IOException {
        this.path = builder.path();
        this.schema = builder.schema();
        this.metadata = Map.copyOf(builder.metadata());
        this.force = builder.isForced();
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString(), null, "delete it, or take another name");
        }
        RowGroupBuffer group = builder.rowGroup();
        try {
            Path temporary = path.resolveSibling(path.getFileName() + "." + WriterId.random() + IN_PROGRESS);
            this.file = SegmentFile.create(temporary, schema, builder.createdBy(), builder.fileMode());
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
        this.batches = new BatchWriter(
                schema, builder.options(), group, builder.rowGroupRows(), builder.rowGroupBytes(), file::append);
    }

    /**
     * Begins a file with defaults.
     *
     * @param file its final name, which must not be taken; its directory must be there
     * @param schema of the rows
     * @return a writer
     * @throws IOException when the file cannot be made
     * @throws IllegalArgumentException when the schema cannot be written, naming the field
     */
    public static ColumnarWriter create(Path file, MessageType schema) throws IOException {
        return builder(file, schema).build();
    }

    /**
     * Configures a file.
     *
     * @param file its final name, which must not be taken; its directory must be there
     * @param schema of the rows
     * @return a builder
     * @throws IllegalArgumentException when the schema cannot be written, naming the field
     */
    public static ColumnarWriterBuilder builder(Path file, MessageType schema) {
        return new ColumnarWriterBuilder(file, schema);
    }

    /**
     * The schema as it is in the file.
     *
     * @return with a field id for each field
     */
    public MessageType schema() {
        return schema;
    }

    /**
     * A column's number.
     *
     * @param columnPath dotted
     * @return its place in {@code schema().getColumns()}
     * @throws IllegalArgumentException when there is no such column
     */
    public int column(String columnPath) {
        return batches.index(columnPath);
    }

    /**
     * An empty batch for this writer's schema.
     *
     * @return to be filled, given to {@link #write}, and filled again
     */
    public ColumnBatch batch() {
        return new ColumnBatch(batches);
    }

    /**
     * Appends a batch: part of a row group, or several.
     *
     * @param batch of this writer
     * @throws IllegalArgumentException naming the column and the index of what is wrong; nothing of the batch is taken
     * @throws IOException when the file system refuses
     */
    public void write(ColumnBatch batch) throws IOException {
        checkOpen();
        if (!batch.isOf(batches)) {
            throw new IllegalArgumentException("[" + path + "] a batch of another writer; take one of this writer's");
        }
        batches.check(batch.columns(), batch.rows());
        boolean done = false;
        try {
            batches.take(batch.columns(), batch.rows());
            done = true;
        } finally {
            failed = !done;
        }
        rows += batch.rows();
    }

    /**
     * Ends the row group, if it has rows.
     *
     * @throws IOException when the file system refuses
     */
    public void endRowGroup() throws IOException {
        checkOpen();
        boolean done = false;
        try {
            batches.flush();
            done = true;
        } finally {
            failed = !done;
        }
    }

    private void checkOpen() {
        if (closed || failed) {
            throw new IllegalStateException(
                    "[" + path + "] the writer " + (closed ? "is closed" : "has failed, it can only be closed"));
        }
    }

    /**
     * Rows taken so far.
     *
     * @return a count
     */
    public long rows() {
        return rows;
    }

    /**
     * Memory taken from the machine.
     *
     * @return bytes on the heap and off
     */
    public long memoryBytes() {
        return batches.memoryBytes();
    }

    /**
     * Writes what is left and the footer, and gives the file its name. After a failure it deletes what there is.
     *
     * @throws IOException when the file system refuses; there is no file then, but where only its name could not be
     *     forced to the device
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            if (!failed) {
                endRowGroup();
                file.finish(metadata);
                if (force) {
                    file.force();
                }
                FinalName.give(file.path(), path, force);
                if (force) {
                    FlowDirectory.force(path.toAbsolutePath().getParent()); // the name, too
                }
            }
        } finally {
            abort();
        }
    }

    /** Closes without a file: what was written is deleted. Never throws; nothing happens after {@link #close}. */
    public void abort() {
        if (!closed) {
            closed = true;
            batches.close();
            file.close();
            file.path().toFile().delete();
        }
    }
}
