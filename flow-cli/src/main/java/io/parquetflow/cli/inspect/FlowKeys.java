package io.parquetflow.cli.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The {@code flow.*} keys of a footer.
 *
 * <p>Thread-safe: not changed after construction.
 */
final class FlowKeys {
    static final String VERSION = "flow.version";
    static final String SINK = "flow.sink";
    static final String STREAM = "flow.stream";
    static final String WRITER = "flow.writer";
    static final String FIRST_SEQ = "flow.first_seq";
    static final String LAST_SEQ = "flow.last_seq";
    static final String ROWS = "flow.rows";
    static final String ACCEPTED = "flow.accepted_total";
    static final String LOST_TAIL = "flow.lost_tail";
    static final String CLEAN_CLOSE = "flow.clean_close";
    /** Which rows of which dead writers are in the segment as well. */
    static final String RECOVERED = "flow.recovered";

    static final String DROPPED = "flow.dropped_total.";

    /** Not part of {@code lost}: it is the caller who went on after closing. */
    private static final String CLOSED = "closed";

    private final Map<String, String> all = new TreeMap<>();

    /** The format allows a key without a value; it says nothing, so it is left out. */
    FlowKeys(Map<String, String> stored) {
        stored.forEach((key, value) -> {
            if (key != null && value != null) {
                all.put(key, value);
            }
        });
    }

    /** Whether a sink of ours wrote the file. */
    boolean ours() {
        return all.containsKey(VERSION) && all.containsKey(WRITER);
    }

    Map<String, String> all() {
        return all;
    }

    /** The value, or null. */
    String text(String key) {
        return all.get(key);
    }

    OptionalLong number(String key) {
        String value = all.get(key);
        try {
            return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.strip()));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    boolean closedCleanly() {
        return "true".equalsIgnoreCase(all.get(CLEAN_CLOSE));
    }

    /** Drops of the writer up to this footer by cause, in the keys' order. */
    Map<String, Long> dropped() {
        Map<String, Long> dropped = new LinkedHashMap<>();
        for (String key : all.keySet()) {
            if (key.startsWith(DROPPED)) {
                number(key).ifPresent(n -> dropped.put(key.substring(DROPPED.length()), n));
            }
        }
        return dropped;
    }

    /** Drops that must show in the data: all causes but {@code closed}. */
    long droppedInData() {
        return dropped().entrySet().stream()
                .filter(drop -> !drop.getKey().equals(CLOSED))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
