package io.parquetflow.agent.control;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.SinkStats;
import io.parquetflow.agent.config.AgentConfig;
import io.parquetflow.agent.config.Tap;
import io.parquetflow.agent.tap.Arguments;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.CaptureSettings;
import io.parquetflow.agent.tap.Filter;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.agent.tap.StackOwners;
import io.parquetflow.agent.tap.TypedRows;
import io.parquetflow.agent.weave.Loom;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A capture from its start to its stop.
 *
 * <p>Thread-safe.
 */
final class Session implements Capture.Streams {
    /** Longer than any disk that works takes to make a directory and a few files. */
    private static final long MOST_OPENING_MS = 3_000;

    private final Loom loom;
    private final AtomicLong problems = new AtomicLong();
    private final long startedNs = System.nanoTime();
    private final Attendant attendant;
    private final Capture capture;
    private volatile AgentConfig config;
    private volatile CaptureSink sink;

    Session(Loom loom, AgentConfig config) {
        this.loom = loom;
        this.config = config;
        this.sink = new CaptureSink(config.sink());
        this.capture = new Capture(settings(config), this, new StackOwners(StandardError::say));
        this.attendant = new Attendant(this);
    }

    /** The sink opens while classes are woven: an application waits for both before its main. */
    void start() throws IOException, ReflectiveOperationException {
        Thread opening = new Thread(sink::tryOpen, "parquet-flow-agent-open");
        opening.setDaemon(true);
        opening.start();
        loom.target(capture);
        loom.weave(taps(config), config.pointcuts(), capture);
        try {
            opening.join(MOST_OPENING_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the application's: it goes on, and so does the opening
        }
        attendant.start();
    }

    private static Map<Tap, Boolean> taps(AgentConfig config) {
        Map<Tap, Boolean> taps = new EnumMap<>(Tap.class);
        config.taps().forEach(tap -> taps.put(tap, config.takesOut(tap)));
        return taps;
    }

    private static CaptureSettings settings(AgentConfig config) {
        Set<String> outer = new HashSet<>();
        config.taps().stream().map(Tap::reads).filter(name -> !name.isEmpty()).forEach(outer::add);
        int[] ports = config.ports();
        return new CaptureSettings(
                (int) Units.parseBytes(config.sink().getProperty(ConfigKey.MAX_PAYLOAD.key())),
                config.sampleOf(),
                new Filter(ports[0], ports[1], config.remote()),
                Set.copyOf(outer));
    }

    @Override
    public Recorder of(Point point) {
        return sink.of(point);
    }

    @Override
    public TypedRows typed(String stream, Arguments arguments) {
        return sink.typed(stream, arguments);
    }

    /** What stays woven misses nothing meanwhile. */
    synchronized void reload(AgentConfig newConfig) {
        CaptureSink old = sink;
        CaptureSettings settings = settings(newConfig);
        boolean isSameSink = newConfig.sink().equals(config.sink());
        if (!isSameSink) {
            CaptureSink next = new CaptureSink(newConfig.sink());
            if (!next.tryOpen()) {
                throw new IllegalStateException("not reloaded: " + next.problem());
            }
            String remarks = next.started();
            if (!remarks.isEmpty()) {
                StandardError.say(remarks);
            }
            if (settings.maxPayload() < settings(config).maxPayload()) {
                capture.settings(settings); // payloads are cut to what either sink takes
            }
            sink = next;
            capture.reopen();
        }
        try {
            config = newConfig;
            capture.settings(settings);
            loom.weave(taps(newConfig), newConfig.pointcuts(), capture);
        } finally {
            if (!isSameSink) {
                old.close();
            }
        }
    }

    /** Every class as it was, everything sealed. */
    synchronized void stop() {
        attendant.stop();
        capture.sampleKernelDrops(); // of the last second
        loom.unweave();
        try {
            loom.target(null);
        } catch (IOException | ReflectiveOperationException e) {
            StandardError.say("could not be detached altogether: " + e);
        }
        sink.close();
    }

    /** The process ends: it goes on meanwhile, in its other hooks. */
    void seal() {
        attendant.stop();
        capture.sampleKernelDrops();
        sink.close();
    }

    void rotate() {
        sink.rotate();
    }

    AgentConfig config() {
        return config;
    }

    Capture capture() {
        return capture;
    }

    CaptureSink sink() {
        return sink;
    }

    void classFailed(String type, Throwable problem) {
        if (problems.incrementAndGet() == 1) {
            StandardError.say("could not weave " + type + ": " + problem + "; the class is as it was");
        }
    }

    List<String> status() {
        return StatusText.of(this, problems.get(), System.nanoTime() - startedNs);
    }

    SinkStats stats() {
        LogSink now = sink.sink();
        return now == null ? null : now.stats();
    }
}
