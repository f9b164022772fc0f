package io.parquetflow.agent.control;

import io.parquetflow.SinkStats;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.spi.ConfigKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What {@code status} prints.
 *
 * <p>Thread-safe: stateless.
 */
final class StatusText {
    /** What a record of 256 bytes takes on the application's thread, measured: see the README. */
    private static final double SECONDS_A_RECORD = 120e-9;

    private StatusText() {}

    static List<String> of(Session session, long problems, long upNs) {
        List<String> lines = new ArrayList<>();
        lines.add("directory  " + session.config().sink().getProperty(ConfigKey.DIRECTORY.key()));
        lines.add("running    " + upNs / 1_000_000_000L + " s");
        lines.add(line("stream", "way", "methods", "records", "dropped", "failures"));
        // a pointcut has several places, by where its payloads lie
        Map<String, List<Point>> streams = new LinkedHashMap<>();
        for (Point point : session.capture().points()) {
            streams.computeIfAbsent(point.stream() + ' ' + point.direction(), any -> new ArrayList<>())
                    .add(point);
        }
        streams.values().forEach(places -> lines.add(line(places)));
        long records = sum(session.capture().points(), Point::records);
        SinkStats stats = session.stats();
        lines.add("sink       " + (stats == null ? "not open: " + session.sink().problem() : sink(stats)));
        lines.add("errors     " + problems + " classes could not be woven");
        lines.add(String.format(
                Locale.ROOT,
                "overhead   about %.4f %% of a core since the start",
                100 * records * SECONDS_A_RECORD / Math.max(1e-9, upNs / 1e9)));
        return lines;
    }

    private static String sink(SinkStats stats) {
        String line = stats.state() + ", rows=" + stats.rows() + ", segments=" + stats.segmentsSealed() + ", dropped="
                + stats.dropped();
        if (!stats.crashSafe()) {
            line += ", crash-safe=false: " + stats.crashSafeReason();
        }
        return stats.lastError().isEmpty() ? line : line + ", last error: " + stats.lastError();
    }

    private static String line(List<Point> places) {
        Optional<Point> broken = places.stream().filter(Point::isBroken).findFirst();
        return line(
                places.get(0).stream(),
                places.get(0).direction().word(),
                sum(places, Point::woven),
                sum(places, Point::records),
                sum(places, Point::dropped),
                sum(places, Point::failures)
                        + broken.map(place -> ", given up: " + place.problem()).orElse(""));
    }

    private static long sum(List<Point> places, ToLongFunction<Point> what) {
        return places.stream().mapToLong(what).sum();
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-24s %-4s %8s %12s %10s  %s", cells);
    }
}
