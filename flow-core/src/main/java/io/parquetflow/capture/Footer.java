package io.parquetflow.capture;

import io.parquetflow.file.CreatedBy;
import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.HostName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that every footer carries.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Footer {
    private final Map<String, String> always = new LinkedHashMap<>();

    private final Listeners listeners; // or null

    Footer(String sink, String writer, Listeners listeners) {
        this.listeners = listeners;
        always.put("flow.version", CreatedBy.VERSION);
        always.put("flow.sink", sink);
        always.put("flow.writer", writer);
        always.put("flow.host", HostName.read());
        always.put("flow.pid", Long.toString(ProcessHandle.current().pid()));
        always.put("flow.jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    /**
     * All keys of one footer.
     *
     * @param previous name of the writer's segment before, empty for the first
     */
    Map<String, String> keys(
            OpenSegment segment, long accepted, Losses.Snapshot losses, String clock, String previous, boolean clean) {
        Map<String, String> keys = new LinkedHashMap<>(always);
        keys.put("flow.first_seq", Long.toString(segment.firstSeq()));
        keys.put("flow.last_seq", Long.toString(segment.lastSeq()));
        keys.put("flow.last_position", Long.toString(segment.lastPosition()));
        keys.put("flow.rows", Long.toString(segment.file().rows()));
        keys.put("flow.accepted_total", Long.toString(accepted));
        for (DropCause cause : DropCause.values()) {
            keys.put(
                    "flow.dropped_total." + cause.key(),
                    Long.toString(losses.totals().getOrDefault(cause, 0L)));
        }
        keys.put("flow.lost_tail", Long.toString(losses.tail()));
        keys.put("flow.clock", clock);
        keys.put("flow.previous", previous);
        keys.put("flow.clean_close", Boolean.toString(clean));
        if (listeners != null) {
            listeners.addKeys(keys);
        }
        return keys;
    }
}
