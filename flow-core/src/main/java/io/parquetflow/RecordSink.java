package io.parquetflow;

import io.parquetflow.capture.RowForm;
import io.parquetflow.capture.RowForms;
import io.parquetflow.column.QuietSlf4j;
import io.parquetflow.column.RecordLayout;
import io.parquetflow.mapping.RecordMapping;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Takes typed records without ever making the caller wait, and writes them as Parquet columns on a thread of its own.
 *
 * <pre>{@code
 * try (RecordSink sink = RecordSink.open(Path.of("trades"), schema)) {
 *     RecordWriter writer = sink.writer();                  // one for each thread
 *     boolean taken = writer.begin().putLong(TS, ts).putString(SYMBOL, symbol).tryCommit();
 * }
 * }</pre>
 *
 * <p>What is promised of {@link LogSink} is promised of it: the same ring, the same segments, the same numbers. Header
 * columns come in front of the schema's, with an underscore: {@code _ts}, {@code _ts_ns}, {@code _source_ts_ns},
 * {@code _writer}, {@code _stream}, {@code _seq}, {@code _lost}.
 *
 * <p>Thread-safe; a {@link RecordWriter} is not.
 */
public sealed class RecordSink implements AutoCloseable permits ClassSink {
    private static final Set<RecordSink> RUNNING = ConcurrentHashMap.newKeySet();

    private final LogSink sink;
    private final RecordLayout layout;

    RecordSink(LogSinkBuilder builder, MessageType schema) throws IOException {
        this.sink = builder.form(RowForm.rows(schema)).build();
        this.layout = RowForms.layout(schema, sink.config());
    }

    /**
     * Opens a sink with defaults.
     *
     * @param directory made if it is not there
     * @param schema of the records, without header columns
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException when the schema cannot be written, naming the field
     */
    public static RecordSink open(Path directory, MessageType schema) throws IOException {
        return open(LogSink.builder(directory), schema);
    }

    /**
     * Opens a sink with defaults.
     *
     * @param directory made if it is not there
     * @param schema in Parquet's text form: {@code message trade { required int64 ts; optional binary symbol (STRING); }}
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException when the text is no schema, or one that cannot be written
     */
    public static RecordSink open(Path directory, String schema) throws IOException {
        QuietSlf4j.prepare();
        return open(directory, MessageTypeParser.parseMessageType(schema));
    }

    /**
     * Opens a sink.
     *
     * @param builder with whatever keys were set; not to be used again
     * @param schema of the records, without header columns
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException when the schema cannot be written, naming the field
     */
    public static RecordSink open(LogSinkBuilder builder, MessageType schema) throws IOException {
        return listed(new RecordSink(builder, schema));
    }

    /**
     * Opens a sink with defaults for records of a Java class.
     *
     * @param directory made if it is not there
     * @param type a record class; {@link io.parquetflow.mapping.RecordMapping} says which components it may have
     * @param lookup that sees the class, {@code MethodHandles.lookup()} where it is visible
     * @param <T> the class
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException naming the component that cannot be written
     */
    public static <T extends Record> ClassSink<T> open(Path directory, Class<T> type, MethodHandles.Lookup lookup)
            throws IOException {
        return open(LogSink.builder(directory), type, lookup);
    }

    /**
     * Opens a sink for records of a Java class.
     *
     * @param builder with whatever keys were set; not to be used again
     * @param type a record class; {@link io.parquetflow.mapping.RecordMapping} says which components it may have
     * @param lookup that sees the class, {@code MethodHandles.lookup()} where it is visible
     * @param <T> the class
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException naming the component that cannot be written
     */
    public static <T extends Record> ClassSink<T> open(
            LogSinkBuilder builder, Class<T> type, MethodHandles.Lookup lookup) throws IOException {
        return listed(new ClassSink<>(builder, RecordMapping.of(type, lookup)));
    }

    /** Here, not in the constructor: others see the sink when it is whole. */
    private static <S extends RecordSink> S listed(S sink) {
        RUNNING.add(sink);
        return sink;
    }

    /**
     * The record sinks of this process that are not closed, for monitors. {@link LogSink#running()} does not have them.
     *
     * @return a copy
     */
    public static Collection<RecordSink> running() {
        return List.copyOf(RUNNING);
    }

    RecordLayout layout() {
        return layout;
    }

    LogSink sink() {
        return sink;
    }

    /**
     * A writer of the sink's own stream.
     *
     * @return for one thread
     */
    public RecordWriter writer() {
        return new RecordWriter(sink, layout);
    }

    /**
     * A writer of a named stream.
     *
     * @param stream any text that is not empty
     * @return for one thread
     */
    public RecordWriter writer(String stream) {
        return new RecordWriter(sink.stream(stream), layout);
    }

    /**
     * The records' schema.
     *
     * @return as it was given, without header columns
     */
    public MessageType schema() {
        return layout.schema();
    }

    /**
     * A column's number.
     *
     * @param path dotted
     * @return its place in {@code schema().getColumns()}
     * @throws IllegalArgumentException when there is no such column
     */
    public int column(String path) {
        return layout.column(path);
    }

    /**
     * The sink's name.
     *
     * @return key {@code name}
     */
    public String name() {
        return sink.name();
    }

    /**
     * The configuration in force.
     *
     * @return immutable
     */
    public SinkConfig config() {
        return sink.config();
    }

    /**
     * The numbers of this moment.
     *
     * @return see {@link SinkStats} for when they are exact
     */
    public SinkStats stats() {
        return sink.stats();
    }

    /**
     * See {@link LogSink#writtenSequence}.
     *
     * @return a sequence, -1 at the beginning
     */
    public long writtenSequence() {
        return sink.writtenSequence();
    }

    /**
     * See {@link LogSink#flush}.
     *
     * @param timeout how long at most
     * @return false when the time was too short, or the sink has given up
     */
    public boolean flush(Duration timeout) {
        return sink.flush(timeout);
    }

    /** See {@link LogSink#rotate()}. */
    public void rotate() {
        sink.rotate();
    }

    /**
     * See {@link LogSink#rotate(Duration)}.
     *
     * @param timeout how long at most
     * @return false when the time was too short, or the sink has given up
     */
    public boolean rotate(Duration timeout) {
        return sink.rotate(timeout);
    }

    /**
     * See {@link LogSink#close(Duration)}.
     *
     * @param timeout how long at most
     * @return true when everything accepted is in sealed segments
     */
    public boolean close(Duration timeout) {
        boolean all = sink.close(timeout);
        RUNNING.remove(this);
        return all;
    }

    /** Closes within {@code shutdown-timeout}. */
    @Override
    public void close() {
        sink.close();
        RUNNING.remove(this);
    }

    @Override
    public String toString() {
        return "RecordSink[" + sink + "]";
    }
}
