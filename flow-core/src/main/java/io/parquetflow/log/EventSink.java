package io.parquetflow.log;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.SinkStats;
import io.parquetflow.Stream;
import io.parquetflow.column.QuietSlf4j;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.SinkListener;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.parquet.Preconditions;
import org.apache.parquet.schema.MessageType;

/**
 * Where an appender's events go. Never in the way of the application: a call returns at once (or within {@code
 * wait-at-most}, where that is asked for), throws nothing, and an event that is not taken is counted.
 *
 * <p>A sink that cannot be opened, because its directory cannot be written, is tried again every few seconds; until then
 * events are counted as dropped.
 *
 * <p>Thread-safe.
 *
 * @param <E> the framework's event
 */
public final class EventSink<E> implements AutoCloseable {
    /** Of the ring, for events that {@code drop-below} does not name. */
    private static final int KEPT_PERCENT = 20;

    /** How long nothing may come for the process to count as quiet. */
    private static final long QUIET_NS = 200_000_000L;

    private static final long POLL_NS = 5_000_000L;
    private static final Duration OWN_WAIT = Duration.ofSeconds(1);

    /** Lengths, numbers, and names that are never cut come on top of the texts of an event. */
    private static final int FRAME_BYTES = 24 << 10;

    /**
     * Where the classes that write are, which in an appender's jar is another package: an application's own parquet-java may
     * log what it likes.
     */
    private static final String OUR_PACKAGE = LogSink.class.getPackageName() + ".";

    private static final String PARQUET_PACKAGE = Preconditions.class.getPackageName() + ".";

    private final String name;
    private final LogConfig config;
    private final MessageType schema;
    private final EventForm form;
    private final Encoders<E> encoders;
    private final DropTally drops = new DropTally();
    private final Diagnostics status;
    private final Attendant attendant;

    private volatile Open open; // null until it could be opened
    private volatile boolean closed;

    /** The sink and its stream, seen together. */
    private record Open(LogSink sink, Stream stream) {}

    private EventSink(
            String name,
            Map<String, String> keys,
            Map<String, String> masks,
            Supplier<? extends EventDraft<E>> drafts,
            Diagnostics status) {
        this.name = name;
        this.status = new CalmStatus(status);
        this.config = new LogConfig(keys, masks, this.status);
        this.schema = LogSchema.of(config.columns());
        this.form = new EventForm(config, schema);
        this.encoders = new Encoders<>(form, drafts);
        this.attendant = new Attendant(this, drops, this.status);
    }

    /**
     * Opens a sink. What is wrong in the configuration, and a directory that cannot be used, is told, not thrown.
     *
     * @param name the appender's: column {@code stream}
     * @param keys configuration, in kebab or camel case
     * @param masks patterns to be hidden and what stands in their place, beside those that a key gives
     * @param drafts makes what events are filled into, one for each thread that logs
     * @param status told of mistakes, faults and drops
     * @param <E> the framework's event
     * @return a sink, running or trying to
     */
    public static <E> EventSink<E> open(
            String name,
            Map<String, String> keys,
            Map<String, String> masks,
            Supplier<? extends EventDraft<E>> drafts,
            Diagnostics status) {
        QuietSlf4j.prepare(); // before the schema, in front of which nobody else is
        EventSink<E> sink = new EventSink<>(name, keys, masks, drafts, status);
        sink.tryOpen();
        sink.attendant.start();
        ExitHook.add(sink);
        return sink;
    }

    /** Whether it is open after the call, or will never be. */
    synchronized boolean tryOpen() {
        if (open != null || closed) {
            return true;
        }
        LogSink sink;
        try {
            sink = config.builder(form.mostBytes() + FRAME_BYTES)
                    .packed(schema)
                    .diagnostics(status)
                    .listener(new Listener())
                    .build();
        } catch (IllegalArgumentException e) {
            status.say(Diagnostics.Level.ERROR, name + " keeps no events: " + e.getMessage(), null);
            return true; // the configuration does not change by waiting
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            status.say(
                    Diagnostics.Level.ERROR,
                    name + " keeps no events for now, and counts them: " + e + "; it goes on trying",
                    e);
            return false;
        }
        open = new Open(sink, sink.stream(name));
        return true;
    }

    /**
     * Whether events of a logger are left out: our own, and parquet-java's, which come from writing other events.
     *
     * @param logger its name, or null
     * @return true to leave them out
     */
    public static boolean isOwn(String logger) {
        return logger != null && (logger.startsWith(OUR_PACKAGE) || logger.startsWith(PARQUET_PACKAGE));
    }

    /**
     * Whether the configuration asks for the calling method.
     *
     * @return key {@code caller}
     */
    public boolean wantsCaller() {
        return config.wantsCaller();
    }

    /**
     * Takes an event, or drops and counts it.
     *
     * @param event nothing of it is kept
     * @param severityNumber OpenTelemetry's, 1 to 24
     * @return true when taken
     */
    public boolean append(E event, int severityNumber) {
        Open to = open;
        if (to == null) {
            return dropped(severityNumber, DropTally.Cause.NOT_OPEN);
        }
        if (to.sink.isWriterThread()) {
            return false; // an event about writing events: not one of the application's
        }
        Encoders.Pair<E> pair = null;
        try {
            pair = encoders.take();
            if (pair == null) {
                return dropped(severityNumber, DropTally.Cause.NO_ROW);
            }
            EventDraft<E> draft = pair.draft();
            draft.severityNumber = severityNumber;
            draft.fill(event);
            int length = pair.encoder().encode(draft);
            return offer(to.stream, pair.encoder().array(), length, draft)
                    || dropped(severityNumber, closed ? DropTally.Cause.CLOSED : DropTally.Cause.RING_FULL);
        } catch (Throwable e) { // code of the application ran: an AssertionError, say, or a checked exception unseen
            attendant.failed(e);
            return dropped(severityNumber, DropTally.Cause.NO_ROW);
        } finally {
            if (pair != null) {
                encoders.giveBack(pair);
            }
        }
    }

    /** A line of ours, from the attendant, which may wait. */
    void appendOwn(EventDraft<?> event) {
        Open to = open;
        if (to != null) {
            EventEncoder encoder = new EventEncoder(form);
            int length = encoder.encode(event);
            to.stream.record(encoder.array(), 0, length, Recorder.OUR_CLOCK, event.instantNs, OWN_WAIT);
        }
    }

    String name() {
        return name;
    }

    boolean isOpen() {
        return open != null;
    }

    private boolean offer(Stream to, byte[] row, int length, EventDraft<?> event) {
        int below = config.dropsBelow();
        if (below == 0) {
            return to.offer(row, 0, length, Recorder.OUR_CLOCK, event.instantNs) >= 0;
        }
        if (event.severityNumber < below) {
            return to.offer(row, 0, length, Recorder.OUR_CLOCK, event.instantNs, KEPT_PERCENT) >= 0;
        }
        Duration wait = config.waitsAtMost();
        return wait.isZero()
                ? to.offer(row, 0, length, Recorder.OUR_CLOCK, event.instantNs) >= 0
                : to.record(row, 0, length, Recorder.OUR_CLOCK, event.instantNs, wait);
    }

    private boolean dropped(int severityNumber, DropTally.Cause cause) {
        drops.count(severityNumber, cause);
        attendant.dropped();
        return false;
    }

    /**
     * Events dropped, by level.
     *
     * @return levels without drops are left out
     */
    public Map<String, Long> droppedByLevel() {
        return drops.byLevel();
    }

    /**
     * The numbers of this moment.
     *
     * @return null while the sink could not be opened
     */
    public SinkStats stats() {
        Open now = open;
        return now == null ? null : now.sink.stats();
    }

    /** Goes on taking events: they stay in slab and journal, and appear after the next start. */
    void sealWhenQuiet() {
        Open now = open;
        if (now != null) {
            sealWhenQuiet(now);
        }
        attendant.lastWords();
    }

    private static void sealWhenQuiet(Open now) {
        long deadline = System.nanoTime()
                + now.sink.config().duration(ConfigKey.SHUTDOWN_TIMEOUT).toNanos();
        long seen = -1;
        long quietSince = System.nanoTime();
        while (System.nanoTime() - deadline < 0) {
            long accepted = now.sink.stats().accepted();
            if (accepted != seen) {
                seen = accepted;
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince >= QUIET_NS) {
                break;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        now.sink.rotate(Duration.ofNanos(Math.max(QUIET_NS, deadline - System.nanoTime())));
    }

    /**
     * Seals everything, within {@code shutdown-timeout}; what comes afterwards is counted as dropped. Again and again is
     * fine.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        ExitHook.remove(this);
        attendant.close();
        Open now = open;
        if (now != null) {
            now.sink.close();
        }
        attendant.lastWords();
    }

    /** What the footers say besides: drops of each level, and masks that failed. */
    private final class Listener implements SinkListener {
        @Override
        public Map<String, String> footerKeys() {
            Map<String, String> keys = new LinkedHashMap<>();
            drops.byLevel().forEach((level, count) -> keys.put("flow.log.dropped." + level, Long.toString(count)));
            if (form.maskFailures() > 0) {
                keys.put("flow.log.mask_failures", Long.toString(form.maskFailures()));
            }
            return keys;
        }

        @Override
        public void recovered() {
            status.say(Diagnostics.Level.INFO, name + " writes again", null);
        }
    }

    @Override
    public String toString() {
        Open now = open;
        return "EventSink[" + name + ", " + (now == null ? "not open" : now.sink) + "]";
    }
}
