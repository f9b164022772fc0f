package io.parquetflow;

import io.parquetflow.capture.RowForm;
import io.parquetflow.capture.TypedSchema;
import io.parquetflow.capture.Writer;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.Partition;
import io.parquetflow.spi.PayloadDecoder;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.SinkListener;
import io.parquetflow.spi.WaitMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ThreadFactory;
import org.apache.parquet.schema.MessageType;

/**
 * Configures a {@link LogSink}: a method a key of {@link ConfigKey}, and what no text can say.
 *
 * <p>Not thread-safe.
 */
public final class LogSinkBuilder {
    private final SinkConfig.Builder keys;
    private final List<SinkListener> listeners = new ArrayList<>();
    private Diagnostics diagnostics = Diagnostics.systemLogger();
    private ThreadFactory threads;
    private RowForm form = RowForm.RAW;

    LogSinkBuilder(SinkConfig.Builder keys) {
        this.keys = keys;
    }

    /**
     * Sets any key, as text.
     *
     * @param key the key
     * @param value as in a properties file
     * @return this
     */
    public LogSinkBuilder set(ConfigKey key, String value) {
        keys.set(key, value);
        return this;
    }

    /**
     * Adds the keys of a properties file; what is set otherwise wins over them.
     *
     * @param properties keys in kebab or camel case
     * @return this
     */
    public LogSinkBuilder properties(Properties properties) {
        keys.properties(properties);
        return this;
    }

    /**
     * Key {@code name}.
     *
     * @param sinkName the sink's name, the first part of each segment's name
     * @return this
     */
    public LogSinkBuilder name(String sinkName) {
        return set(ConfigKey.NAME, sinkName);
    }

    /**
     * Key {@code partition}.
     *
     * @param scheme Hive partition directories
     * @return this
     */
    public LogSinkBuilder partition(Partition scheme) {
        return set(ConfigKey.PARTITION, scheme.name());
    }

    /**
     * Key {@code file-mode}.
     *
     * @param octal permissions, for example {@code 0640}
     * @return this
     */
    public LogSinkBuilder fileMode(String octal) {
        return set(ConfigKey.FILE_MODE, octal);
    }

    /**
     * Key {@code memory-limit}.
     *
     * @param bytes all memory of the sink
     * @return this
     */
    public LogSinkBuilder memoryLimit(long bytes) {
        return set(ConfigKey.MEMORY_LIMIT, Long.toString(bytes));
    }

    /**
     * Key {@code ring-bytes}.
     *
     * @param bytes a power of two, at most 1 GiB
     * @return this
     */
    public LogSinkBuilder ringBytes(long bytes) {
        return set(ConfigKey.RING_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code block-bytes}.
     *
     * @param bytes a power of two
     * @return this
     */
    public LogSinkBuilder blockBytes(long bytes) {
        return set(ConfigKey.BLOCK_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code max-payload}.
     *
     * @param bytes the largest payload
     * @return this
     */
    public LogSinkBuilder maxPayload(long bytes) {
        return set(ConfigKey.MAX_PAYLOAD, Long.toString(bytes));
    }

    /**
     * Key {@code row-group-bytes}.
     *
     * @param bytes of a row group before encoding
     * @return this
     */
    public LogSinkBuilder rowGroupBytes(long bytes) {
        return set(ConfigKey.ROW_GROUP_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code row-group-rows}.
     *
     * @param rows of a row group
     * @return this
     */
    public LogSinkBuilder rowGroupRows(long rows) {
        return set(ConfigKey.ROW_GROUP_ROWS, Long.toString(rows));
    }

    /**
     * Key {@code page-bytes}.
     *
     * @param bytes of a page before compression
     * @return this
     */
    public LogSinkBuilder pageBytes(long bytes) {
        return set(ConfigKey.PAGE_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code codec}.
     *
     * @param pageCodec compression of the pages
     * @return this
     */
    public LogSinkBuilder codec(Codec pageCodec) {
        return set(ConfigKey.CODEC, pageCodec.name());
    }

    /**
     * Keys {@code encoding.<column>}, {@code bloom.<column>} and {@code codec.<column>}.
     *
     * @param path dotted; header columns, of a raw sink too, keep their encoding
     * @param options how the column is written
     * @return this
     */
    public LogSinkBuilder column(String path, ColumnOptions options) {
        keys.column(path, options);
        return this;
    }

    /**
     * Key {@code codec-level}.
     *
     * @param level of the codec
     * @return this
     */
    public LogSinkBuilder codecLevel(int level) {
        return set(ConfigKey.CODEC_LEVEL, Integer.toString(level));
    }

    /**
     * Key {@code rotate-bytes}.
     *
     * @param bytes a segment is sealed at
     * @return this
     */
    public LogSinkBuilder rotateBytes(long bytes) {
        return set(ConfigKey.ROTATE_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code rotate-interval}.
     *
     * @param age a segment is sealed at
     * @return this
     */
    public LogSinkBuilder rotateInterval(Duration age) {
        return set(ConfigKey.ROTATE_INTERVAL, age.toString());
    }

    /**
     * Key {@code rotate-rows}.
     *
     * @param rows a segment is sealed at
     * @return this
     */
    public LogSinkBuilder rotateRows(long rows) {
        return set(ConfigKey.ROTATE_ROWS, Long.toString(rows));
    }

    /**
     * Key {@code rotate-align}.
     *
     * @param align whether to rotate at multiples of the interval, UTC
     * @return this
     */
    public LogSinkBuilder rotateAlign(boolean align) {
        return set(ConfigKey.ROTATE_ALIGN, Boolean.toString(align));
    }

    /**
     * Key {@code retain-bytes}.
     *
     * @param bytes of everything of ours, 0 for no limit
     * @return this
     */
    public LogSinkBuilder retainBytes(long bytes) {
        return set(ConfigKey.RETAIN_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code retain-age}.
     *
     * @param age of a sealed segment, zero for no limit
     * @return this
     */
    public LogSinkBuilder retainAge(Duration age) {
        return set(ConfigKey.RETAIN_AGE, age.toString());
    }

    /**
     * Key {@code retain-files}.
     *
     * @param files sealed segments, 0 for no limit
     * @return this
     */
    public LogSinkBuilder retainFiles(long files) {
        return set(ConfigKey.RETAIN_FILES, Long.toString(files));
    }

    /**
     * Key {@code min-free-bytes}.
     *
     * @param bytes that stay free on the file system
     * @return this
     */
    public LogSinkBuilder minFreeBytes(long bytes) {
        return set(ConfigKey.MIN_FREE_BYTES, Long.toString(bytes));
    }

    /**
     * Key {@code wait}.
     *
     * @param mode what the writer thread does at rest; the key is {@code wait}
     * @return this
     */
    public LogSinkBuilder waitMode(WaitMode mode) {
        return set(ConfigKey.WAIT, mode.name());
    }

    /**
     * Key {@code sync-interval}.
     *
     * @param interval of forcing the journal, with {@link Durability#POWER}
     * @return this
     */
    public LogSinkBuilder syncInterval(Duration interval) {
        return set(ConfigKey.SYNC_INTERVAL, interval.toString());
    }

    /**
     * Key {@code slab-directory}.
     *
     * @param directory of the ring's memory, on a memory file system
     * @return this
     */
    public LogSinkBuilder slabDirectory(Path directory) {
        return set(ConfigKey.SLAB_DIRECTORY, directory.toString());
    }

    /**
     * Key {@code durability}.
     *
     * @param mode what survives what
     * @return this
     */
    public LogSinkBuilder durability(Durability mode) {
        return set(ConfigKey.DURABILITY, mode.name());
    }

    /**
     * Key {@code shutdown-timeout}.
     *
     * @param timeout of {@code close()}
     * @return this
     */
    public LogSinkBuilder shutdownTimeout(Duration timeout) {
        return set(ConfigKey.SHUTDOWN_TIMEOUT, timeout.toString());
    }

    /**
     * Key {@code jmx}.
     *
     * @param on whether to register an MBean
     * @return this
     */
    public LogSinkBuilder jmx(boolean on) {
        return set(ConfigKey.JMX, Boolean.toString(on));
    }

    /**
     * Adds a listener.
     *
     * @param listener called on the writer thread
     * @return this
     */
    public LogSinkBuilder listener(SinkListener listener) {
        listeners.add(Objects.requireNonNull(listener));
        return this;
    }

    /**
     * Replaces where faults are told; {@link System.Logger} by default.
     *
     * @param newDiagnostics any thread may call it
     * @return this
     */
    public LogSinkBuilder diagnostics(Diagnostics newDiagnostics) {
        diagnostics = Objects.requireNonNull(newDiagnostics);
        return this;
    }

    /**
     * Makes the writer thread, to pin it to a core for example; wins over key {@code thread-factory}.
     *
     * @param factory asked for one thread
     * @return this
     */
    public LogSinkBuilder threadFactory(ThreadFactory factory) {
        threads = Objects.requireNonNull(factory);
        return this;
    }

    /**
     * Makes rows of payloads; without a decoder a payload is a column.
     *
     * @param schema of the rows, without the header columns, which come in front of them as {@code _ts} and so on
     * @param decoder called on the writer thread
     * @return this
     * @throws IllegalArgumentException when the schema cannot be written, naming the field
     */
    public LogSinkBuilder decoder(MessageType schema, PayloadDecoder decoder) {
        TypedSchema.of(schema); // here, where the schema is given
        return form(RowForm.decoded(schema, decoder));
    }

    /**
     * Payloads are rows already, in the form that {@link io.parquetflow.column.PackedShredder} takes apart: for schemas of
     * ours, as the appenders have one. What is no such row ends the row group that it is in.
     *
     * @param schema of the rows; the header columns in front of them have no underscore
     * @return this
     * @throws IllegalArgumentException when the schema cannot be written, naming the field
     */
    public LogSinkBuilder packed(MessageType schema) {
        TypedSchema.ours(schema);
        return form(RowForm.packed(schema));
    }

    LogSinkBuilder form(RowForm newForm) {
        form = newForm;
        return this;
    }

    /**
     * Opens the sink.
     *
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public LogSink build() throws IOException {
        SinkConfig config = keys.build();
        ThreadFactory factory = threads != null ? threads : WriterThreads.of(config);
        Writer writer = Writer.start(config, form, listeners, diagnostics, factory);
        LogSink sink;
        try {
            sink = LogSink.start(config, writer, diagnostics, form.schema() == null || form.decoder() != null);
        } catch (RuntimeException | Error e) {
            writer.close(0);
            throw e;
        }
        say(Diagnostics.Level.DEBUG, config.name(), "writer=" + writer.id() + ", " + writer.plan());
        return sink;
    }

    private void say(Diagnostics.Level level, String sink, String line) {
        try {
            diagnostics.say(level, "sink " + sink + ": " + line, null);
        } catch (RuntimeException e) {
            return; // the sink runs; a logger that fails is not its trouble
        }
    }
}
