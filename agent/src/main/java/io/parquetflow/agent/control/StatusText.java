package io.parquetflow.agent.control;

import io.parquetflow.SinkStats;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.spi.ConfigKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        lines.add("running    " + Duration.ofSeconds(upNs / 1_000_000_000L));
        lines.add(line("stream", "way", "methods", "records", "dropped", "failures"));
        long records = 0;
        for (Point point : session.capture().points()) {
            if (point.woven() == 0 && point.records() == 0 && session.capture().hasSibling(point)) {
                continue;
            }
            records += point.records();
            lines.add(line(
                    point.stream(),
                    point.direction().word(),
                    point.woven(),
                    point.records(),
                    point.dropped(),
                    point.failures() + (point.isBroken() ? ", given up: " + point.problem() : "")));
        }
        SinkStats stats = session.stats();
        lines.add("sink       "
                + (stats == null
                        ? "not open: " + session.sink().problem()
                        : stats.state() + ", rows=" + stats.rows() + ", segments=" + stats.segmentsSealed()
                                + ", dropped=" + stats.dropped()
                                + (stats.lastError() == null
                                                || stats.lastError().isEmpty()
                                        ? ""
                                        : ", last error: " + stats.lastError())));
        lines.add("errors     " + problems + " classes could not be woven");
        lines.add(String.format(
                Locale.ROOT,
                "overhead   about %.4f %% of a core since the start",
                100 * records * SECONDS_A_RECORD / Math.max(1e-9, upNs / 1e9)));
        return lines;
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-24s %-4s %8s %12s %10s  %s", cells);
    }
}
