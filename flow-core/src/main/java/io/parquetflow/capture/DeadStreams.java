package io.parquetflow.capture;

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

    /** Among the streams of the segment that they are recovered into. */
    void number(int stream, int among) {
        numbers.put(stream, among);
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
