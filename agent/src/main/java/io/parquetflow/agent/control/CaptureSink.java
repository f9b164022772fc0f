package io.parquetflow.agent.control;

import io.parquetflow.LogSink;
import io.parquetflow.RecordSink;
import io.parquetflow.Recorder;
import io.parquetflow.agent.tap.Arguments;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.CaptureSchema;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.agent.tap.TypedRows;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The sink of a capture. One that cannot be opened is tried again, and until then what comes by is counted as dropped.
 *
 * <p>Thread-safe.
 */
final class CaptureSink implements Capture.Streams {
    /** What a row has beside its payload: names of threads and addresses. */
    private static final int FRAME_BYTES = 4 << 10;

    private static final long MOST_OPENING_MS = 3_000;
    private static final Duration MOST_ROTATING = Duration.ofSeconds(30);

    private final Properties keys;
    private final List<RecordSink> typed = new CopyOnWriteArrayList<>();
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();
    private final List<String> remarks = new ArrayList<>();
    private volatile LogSink sink; // null until it could be opened
    private volatile Recorder[] streams = {};
    private volatile String problem = "";
    private boolean isStarted; // under the lock of remarks: from then on each remark has a line of its own
    private boolean isTold;
    private boolean isHopeless;
    private volatile boolean isClosed;

    CaptureSink(Properties keys) {
        this.keys = keys;
    }

    /** Whether it is open after the call. */
    synchronized boolean tryOpen() {
        if (sink != null) {
            return true;
        }
        if (isHopeless || isClosed) {
            return false;
        }
        try {
            Properties all = new Properties();
            all.putAll(keys);
            long payload = Units.parseBytes(keys.getProperty(ConfigKey.MAX_PAYLOAD.key()));
            all.setProperty(ConfigKey.MAX_PAYLOAD.key(), Long.toString(payload + FRAME_BYTES));
            sink = CaptureSchema.open(all, this::say);
            problem = "";
            if (isClosed) {
                sink.close(); // stopped while it was opened: nobody else knows of it
            }
            if (isTold) {
                StandardError.say("writes again");
            }
            return true;
        } catch (IllegalArgumentException e) {
            isHopeless = true; // it does not change by waiting
            return failed(
                    e, e.getMessage() + "; what comes by is counted as dropped. Reload with another configuration");
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            return failed(
                    e,
                    e + "; what comes by is counted as dropped, and it goes on trying. The way out: make "
                            + keys.getProperty(ConfigKey.DIRECTORY.key())
                            + " writable for the process's user, or give another directory");
        }
    }

    private boolean failed(Throwable why, String line) {
        problem = why.toString();
        if (!isTold) {
            StandardError.say("no capture for now: " + line);
            isTold = true;
        }
        return false;
    }

    private void say(Diagnostics.Level level, String line, Throwable cause) {
        if (level.compareTo(Diagnostics.Level.WARN) < 0) {
            return;
        }
        synchronized (remarks) {
            if (!isStarted) {
                remarks.add(line);
                return;
            }
        }
        StandardError.say(line);
    }

    /** What there was to remark upon while it opened, for one line with what the caller has to say; empty mostly. */
    String started() {
        synchronized (remarks) {
            isStarted = true;
            return String.join("; ", remarks);
        }
    }

    @Override
    public Recorder of(Point point) {
        Recorder[] known = streams;
        if (point.index() < known.length && known[point.index()] != null) {
            return known[point.index()];
        }
        LogSink now = sink;
        return now == null ? null : open(now, point);
    }

    /** Not behind the lock of {@link #tryOpen}: that may wait for a disk, and this is the application's thread. */
    private Recorder open(LogSink now, Point point) {
        synchronized (typed) {
            Recorder[] more = Arrays.copyOf(streams, Math.max(streams.length, point.index() + 1));
            more[point.index()] = now.stream(point.stream());
            streams = more;
            return more[point.index()];
        }
    }

    /** Opened on a thread of its own: the caller may be in the middle of loading a class. */
    @Override
    public TypedRows typed(String stream, Arguments arguments) {
        FutureTask<RecordSink> opening = new FutureTask<>(() -> openTyped(stream, arguments));
        Thread thread = new Thread(opening, "parquet-flow-agent-open");
        thread.setDaemon(true);
        thread.start();
        try {
            return new TypedRows(opening.get(MOST_OPENING_MS, TimeUnit.MILLISECONDS), stream, arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            if (toldOf.add(stream)) {
                StandardError.say("no capture of " + stream + " for now: " + (e.getCause() == null ? e : e.getCause())
                        + "; what comes by is counted as dropped, and it goes on trying");
            }
            return null;
        }
    }

    private RecordSink openTyped(String stream, Arguments arguments) throws IOException {
        Properties all = new Properties();
        all.putAll(keys);
        all.setProperty(ConfigKey.NAME.key(), keys.getProperty(ConfigKey.NAME.key()) + "-" + stream);
        RecordSink opened = RecordSink.open(CaptureSchema.builder(all, this::say), arguments.schema(stream));
        typed.add(opened); // here: nobody may be waiting any more, and it has to be closed
        if (isClosed) {
            opened.close();
        }
        return opened;
    }

    LogSink sink() {
        return sink;
    }

    /** Why it is not open; empty when it is. */
    String problem() {
        return problem;
    }

    void rotate() {
        LogSink now = sink;
        if (now != null) {
            now.rotate(MOST_ROTATING);
        }
        typed.forEach(each -> each.rotate(MOST_ROTATING));
    }

    /** Does not wait for an opening that takes its time: what that opens, it closes. */
    void close() {
        isClosed = true;
        LogSink now = sink;
        if (now != null) {
            now.close();
        }
        typed.forEach(RecordSink::close);
    }
}
