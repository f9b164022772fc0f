package io.parquetflow.agent.control;

import io.parquetflow.agent.config.AgentConfig;
import io.parquetflow.agent.config.Pointcut;
import io.parquetflow.agent.tap.Point;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells once of each pointcut that has matched nothing for a while: mostly a name that is not written in full.
 *
 * <p>Not thread-safe: the attendant's.
 */
final class Missing {
    private final long startedNs;
    private final long afterNs;
    private final Consumer<String> status;
    private final Set<String> toldOf = new HashSet<>();

    Missing(long startedNs, Duration after, Consumer<String> status) {
        this.startedNs = startedNs;
        this.afterNs = after.toNanos();
        this.status = status;
    }

    void tell(long nowNs, AgentConfig config, List<Point> points) {
        if (nowNs - startedNs < afterNs || !config.warnsOfMissing()) {
            return;
        }
        Map<String, Integer> woven = new HashMap<>();
        for (Point point : points) {
            woven.merge(point.stream(), point.woven(), Integer::sum);
        }
        for (Pointcut pointcut : config.pointcuts()) {
            if (woven.getOrDefault(pointcut.stream(), 0) == 0 && toldOf.add(pointcut.text())) {
                status.accept("no method matches " + pointcut.text()
                        + " so far: is the class loaded, are the types of the arguments written in full?");
            }
        }
    }
}
