package io.parquetflow.agent.control;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.CaptureSchema;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;

/**
 * The sink of a capture. One that cannot be opened is tried again, and until then what comes by is counted as dropped.
 *
 * <p>Thread-safe.
 */
final class CaptureSink implements Capture.Streams {
    /** What a row has beside its payload: names of threads and addresses. */
    private static final int FRAME_BYTES = 4 << 10;

    private final Properties keys;
    private volatile LogSink sink; // null until it could be opened
    private volatile Recorder[] streams = {};
    private volatile String problem = "";
    private boolean isTold;

    CaptureSink(Properties keys) {
        this.keys = keys;
    }

    /** Whether it is open after the call. */
    synchronized boolean tryOpen() {
        if (sink != null) {
            return true;
        }
        try {
            Properties all = new Properties();
            all.putAll(keys);
            long payload = Units.parseBytes(keys.getProperty(ConfigKey.MAX_PAYLOAD.key()));
            all.setProperty(ConfigKey.MAX_PAYLOAD.key(), Long.toString(payload + FRAME_BYTES));
            sink = CaptureSchema.open(all, CaptureSink::say);
            problem = "";
            if (isTold) {
                StandardError.say("writes again");
            }
            return true;
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            problem = e.toString();
            if (!isTold) {
                StandardError.say(
                        "no capture for now: " + e + "; what comes by is counted as dropped, and it goes on trying."
                                + " The way out: make " + keys.getProperty(ConfigKey.DIRECTORY.key())
                                + " writable for the process's user, or give another directory");
                isTold = true;
            }
            return false;
        }
    }

    private static void say(Diagnostics.Level level, String line, Throwable cause) {
        if (level.compareTo(Diagnostics.Level.WARN) >= 0) {
            StandardError.say(line);
        }
    }

    @Override
    public Recorder of(Point point) {
        Recorder[] known = streams;
        if (point.id() < known.length && known[point.id()] != null) {
            return known[point.id()];
        }
        return open(point);
    }

    private synchronized Recorder open(Point point) {
        if (sink == null) {
            return null;
        }
        Recorder[] more = Arrays.copyOf(streams, Math.max(streams.length, point.id() + 1));
        more[point.id()] = sink.stream(point.stream());
        streams = more;
        return more[point.id()];
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
            now.rotate(Duration.ofSeconds(30));
        }
    }

    void close() {
        LogSink now = sink;
        if (now != null) {
            now.close();
        }
    }
}
