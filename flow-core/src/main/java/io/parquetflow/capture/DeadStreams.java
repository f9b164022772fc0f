package io.parquetflow.capture;

import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.DropCause;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The streams of a dead writer: names out of its journal and its slab, and what the slab says of drops.
 *
 * <p>Not thread-safe.
 */
final class DeadStreams implements Origin.StreamNames, Losses.Drops {
    private final Map<Integer, byte[]> names = new HashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private List<List<Long>> drops = List.of();

    void name(int stream, byte[] name) {
        names.putIfAbsent(stream, name);
    }

    /** By stream and cause. */
    void drops(List<List<Long>> counts) {
        drops = counts;
    }

    /** Out of a journal. */
    void name(RecordBatch entry) {
        byte[] name = new byte[entry.length()];
        entry.memory().get(entry.payloadAt(), name);
        name(entry.stream(), name);
    }

    /**
     * Rows go into the segment of another writer, whose streams have numbers of their own.
     *
     * @param others numbers of streams that are not the living writer's, by name, the same for all guests
     */
    void numberAmong(StreamTable streams, Map<String, Integer> others) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < streams.count(); i++) {
            known.put(streams.stream(i).name(), i);
        }
        for (int stream : names.keySet()) {
            String name = name(stream);
            Integer number = known.get(name);
            numbers.put(
                    stream,
                    number != null ? number : others.computeIfAbsent(name, n -> StreamTable.MOST + others.size()));
        }
    }

    Map<Integer, byte[]> names() {
        return names;
    }

    @Override
    public byte[] bytes(int stream) {
        return names.computeIfAbsent(stream, n -> ("stream-" + n).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String name(int stream) {
        return new String(bytes(stream), StandardCharsets.UTF_8);
    }

    @Override
    public int number(int stream) {
        return numbers.getOrDefault(stream, stream);
    }

    @Override
    public int count() {
        return drops.size();
    }

    @Override
    public long dropped(int stream, DropCause cause) {
        List<Long> causes = drops.get(stream);
        return cause.slot() < causes.size() ? causes.get(cause.slot()) : 0;
    }
}
