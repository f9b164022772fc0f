package io.parquetflow.bench.crash;

import io.parquetflow.spi.Durability;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a child is told on its command line.
 *
 * @param task what it does
 * @param directory the sink's
 * @param oracle the file of promises
 * @param seed of payloads and pauses
 * @param generation which life of this directory
 * @param producers threads
 * @param durability of the sink
 * @param decoded whether payloads go through a decoder that refuses some of them, which makes rejects
 * @param rotateBytes of the sink
 * @param mostRecords of each producer; then the child closes its sink and ends
 */
record ChildPlan(
        Task task,
        Path directory,
        Path oracle,
        long seed,
        int generation,
        int producers,
        Durability durability,
        boolean decoded,
        long rotateBytes,
        long mostRecords) {
    /** What children do. */
    enum Task {
        /** Producers, until they are through or the child is killed. */
        PRODUCE,
        /** Nothing but opening, waiting until what dead writers left is recovered, and closing. */
        RECOVER
    }

    /** Until it is killed. */
    static final long FOR_EVER = Long.MAX_VALUE;

    List<String> arguments() {
        return List.of(
                "task=" + task,
                "directory=" + directory,
                "oracle=" + oracle,
                "seed=" + seed,
                "generation=" + generation,
                "producers=" + producers,
                "durability=" + durability,
                "decoded=" + decoded,
                "rotate-bytes=" + rotateBytes,
                "most-records=" + mostRecords);
    }

    static ChildPlan parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new ChildPlan(
                Task.valueOf(values.get("task")),
                Path.of(values.get("directory")),
                Path.of(values.get("oracle")),
                Long.parseLong(values.get("seed")),
                Integer.parseInt(values.get("generation")),
                Integer.parseInt(values.get("producers")),
                Durability.valueOf(values.get("durability").toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(values.get("decoded")),
                Long.parseLong(values.get("rotate-bytes")),
                Long.parseLong(values.get("most-records")));
    }
}
