package io.parquetflow;

import io.parquetflow.capture.Progress;
import io.parquetflow.capture.Writer;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes payloads without ever making the caller wait, and writes them as Parquet on a thread of its own.
 *
 * <pre>{@code
 * try (LogSink sink = LogSink.open(Path.of("capture"))) {
 *     boolean taken = sink.tryRecord(payload);
 * }
 * }</pre>
 *
 * <p>Return at once: {@code tryRecord}, {@code offer}, {@code tryClaim}, {@link #stream}, {@link #stats},
 * {@link #rotate()}, {@link #writtenSequence}. Wait, up to a time that is given: {@code record}, {@link #flush},
 * {@link #rotate(Duration)}, {@link #close(Duration)}. {@link #open} makes directories and waits for the writer thread.
 *
 * <p>Thread-safe.
 */
public final class LogSink extends Recorder implements AutoCloseable {
    private static final Set<LogSink> RUNNING = ConcurrentHashMap.newKeySet();
    private static final long POLL_NS = 100_000;

    private final SinkConfig config;
    private final Writer writer;
    private final ThreadLocal<Claim> claims;
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SinkBean bean;

    private LogSink(
            SinkConfig config, Writer writer, int ownStream, ThreadLocal<Claim> claims, Diagnostics diagnostics) {
        super(writer, ownStream, claims);
        this.config = config;
        this.writer = writer;
        this.claims = claims;
        streams.put(config.name(), new Stream(writer, ownStream, config.name(), claims));
        this.bean = config.flag(ConfigKey.JMX) ? SinkBean.register(this, diagnostics) : null;
    }

    /**
     * Opens a sink with defaults.
     *
     * @param directory made if it is not there
     * @return a running sink
     * @throws IOException when the directory cannot be used
     */
    public static LogSink open(Path directory) throws IOException {
        return builder(directory).build();
    }

    /**
     * Opens a sink with the keys of a properties file.
     *
     * @param properties see {@link ConfigKey}; {@code directory} has to be among them
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public static LogSink open(Properties properties) throws IOException {
        return new LogSinkBuilder(SinkConfig.builder().properties(properties)).build();
    }

    /**
     * Starts to configure a sink.
     *
     * @param directory made if it is not there
     * @return a builder
     */
    public static LogSinkBuilder builder(Path directory) {
        return new LogSinkBuilder(SinkConfig.builder().set(ConfigKey.DIRECTORY, directory.toString()));
    }

    /**
     * Starts to configure a sink from a properties file.
     *
     * @param file the file
     * @return a builder
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when a key is unknown
     */
    public static LogSinkBuilder fromFile(Path file) throws IOException {
        return new LogSinkBuilder(SinkConfig.builder().properties(file));
    }

    /** Listed, unless only rows may be handed over: bytes of a caller that found it would be read as rows. */
    static LogSink start(SinkConfig config, Writer writer, Diagnostics diagnostics, boolean listed) {
        int own = writer.streams().add(config.name(), writer.ring()::newCounters);
        LogSink sink = new LogSink(config, writer, own, new ThreadLocal<>(), diagnostics);
        if (listed) {
            RUNNING.add(sink);
        }
        return sink;
    }

    /**
     * The sinks of this process that take payloads and are not closed, for monitors. Those that take rows are
     * {@link RecordSink#running()}.
     *
     * @return a copy
     */
    public static Collection<LogSink> running() {
        return List.copyOf(RUNNING);
    }

    /**
     * The sink's name.
     *
     * @return key {@code name}
     */
    public String name() {
        return config.name();
    }

    /**
     * The writer's name: this opening of the sink.
     *
     * @return 13 characters, the column {@code writer}
     */
    public String writer() {
        return writer.id();
    }

    /**
     * The configuration in force.
     *
     * @return immutable
     */
    public SinkConfig config() {
        return config;
    }

    /**
     * A named source within this sink; the same name gives the same stream, and the sink's own name its own. Cheap, but not for the hot path: keep it.
     *
     * @param name any text that is not empty
     * @return the stream
     * @throws IllegalStateException when there are 65,536 already
     */
    public Stream stream(String name) {
        Stream known = streams.get(name);
        if (known != null) {
            return known;
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a stream needs a name");
        }
        return streams.computeIfAbsent(
                name, n -> new Stream(writer, writer.streams().add(n, writer.ring()::newCounters), n, claims));
    }

    /**
     * How far the writer thread is: every record whose sequence ({@code offer}'s answer) is not above this is in a page
     * or a file. Whether it outlives the process is another question: see {@link #journaledSequence}.
     *
     * @return a sequence, -1 at the beginning
     */
    public long writtenSequence() {
        return writer.progress().writtenEnd() - 1;
    }

    /**
     * How far the journal is: every record whose sequence is not above this survives the death of the process, even where
     * {@link SinkStats#crashSafe} is false because the ring does not.
     *
     * @return a sequence, -1 at the beginning and with {@code durability=off}
     */
    public long journaledSequence() {
        return writer.progress().journaledEnd() - 1;
    }

    /**
     * How far the device is: every record whose sequence is not above this survives a power cut.
     *
     * @return a sequence, -1 at the beginning and without {@code durability=power}
     */
    public long durableSequence() {
        return writer.progress().durableEnd() - 1;
    }

    /**
     * The numbers of this moment.
     *
     * @return see {@link SinkStats} for when they are exact
     */
    public SinkStats stats() {
        return StatsReader.read(writer);
    }

    /**
     * Waits until everything accepted before the call is out of the ring and in the pages of the open segment. The
     * segment is not sealed by it: see {@link #rotate(Duration)}.
     *
     * @param timeout how long at most
     * @return false when the time was too short, or the sink has given up
     */
    public boolean flush(Duration timeout) {
        long end = writer.ring().claimedEnd();
        // A close meanwhile takes the rest of the ring, and nothing of that is ever read.
        return await(
                timeout,
                () -> writer.progress().writtenEnd()
                        >= Math.min(end, writer.ring().claimedEnd()));
    }

    /** Seals the open segment soon; the next record opens another. Without rows there is nothing to seal. */
    public void rotate() {
        writer.requestRotation();
    }

    /**
     * Waits until everything accepted before the call is in sealed segments.
     *
     * @param timeout how long at most
     * @return false when the time was too short, or the sink has given up
     */
    public boolean rotate(Duration timeout) {
        long start = System.nanoTime();
        if (!flush(timeout)) {
            return false;
        }
        long request = writer.requestRotation();
        Duration left = Duration.ofNanos(Durations.toNanos(timeout) - (System.nanoTime() - start));
        return await(left, () -> writer.progress().rotated() >= request);
    }

    private boolean await(Duration timeout, Condition condition) {
        long deadline = System.nanoTime() + Durations.toNanos(timeout);
        if (Thread.currentThread() == writer.thread()) {
            return condition.isMet(); // a listener: waiting for ourselves would be for ever
        }
        writer.wake();
        while (!condition.isMet()) {
            if (writer.isDone()
                    || System.nanoTime() - deadline >= 0
                    || Thread.currentThread().isInterrupted()) {
                return condition.isMet();
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    @FunctionalInterface
    private interface Condition {
        boolean isMet();
    }

    /**
     * Closes: from here on nothing is taken; what was taken is drained and sealed, up to the timeout; what is left then
     * stays in slab and journal, and the next start recovers it; with {@code durability=off} it is counted as abandoned. Again and again is fine, and so is a shutdown hook. It returns at the timeout plus at
     * most a second, whatever the disk does.
     *
     * @param timeout how long at most
     * @return true when everything accepted is in sealed segments
     */
    public boolean close(Duration timeout) {
        boolean all = writer.close(Durations.toNanos(timeout));
        if (closed.compareAndSet(false, true)) {
            RUNNING.remove(this);
            if (bean != null) {
                bean.unregister();
            }
        }
        return all;
    }

    /** Closes within {@code shutdown-timeout}. */
    @Override
    public void close() {
        close(config.duration(ConfigKey.SHUTDOWN_TIMEOUT));
    }

    @Override
    public String toString() {
        Progress.Taken taken = writer.progress().taken();
        return "LogSink[name=" + name() + ", writer=" + writer() + ", directory=" + config.directory() + ", state="
                + StatsReader.state(writer) + ", taken=" + taken.records() + "]";
    }
}
