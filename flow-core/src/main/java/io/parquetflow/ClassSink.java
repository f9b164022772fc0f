package io.parquetflow;

import io.parquetflow.mapping.RecordMapping;
import java.io.IOException;
import java.time.Duration;

/**
 * A {@link RecordSink} that takes records of a Java class as they are.
 *
 * <pre>{@code
 * record Trade(Instant time, String symbol, double price) {}
 * try (ClassSink<Trade> sink = RecordSink.open(Path.of("trades"), Trade.class, MethodHandles.lookup())) {
 *     boolean taken = sink.tryRecord(new Trade(Instant.now(), "MSFT", 67.5));
 * }
 * }</pre>
 *
 * <p>What {@link Recorder} promises of payloads is promised of these records; the record itself is not kept. Misuse
 * throws, before anything is claimed: null, a required component that is null, a value that its column cannot have.
 *
 * <p>Thread-safe: each thread stages its records in memory of its own.
 *
 * @param <T> the record class
 */
public final class ClassSink<T extends Record> extends RecordSink {
    private final RecordMapping<T> mapping;
    private final ThreadLocal<RecordWriter> writers = ThreadLocal.withInitial(this::writer);

    ClassSink(LogSinkBuilder builder, RecordMapping<T> mapping) throws IOException {
        super(builder, mapping.schema());
        this.mapping = mapping;
    }

    private RecordWriter staged(T instance) {
        RecordWriter writer = writers.get().begin();
        mapping.put(instance, writer.stage());
        return writer;
    }

    /**
     * Hands over a record.
     *
     * @param instance the record
     * @return true when taken, false when refused and counted
     * @throws IllegalArgumentException naming the component whose value cannot be written
     */
    public boolean tryRecord(T instance) {
        return staged(instance).tryCommit();
    }

    /**
     * Hands over a record, with times.
     *
     * @param instance the record
     * @param tsNs the record's time, or {@link Recorder#OUR_CLOCK}
     * @param sourceNs the source's time, or {@link Recorder#NO_SOURCE}
     * @return true when taken, false when refused and counted
     * @throws IllegalArgumentException naming the component whose value cannot be written
     */
    public boolean tryRecord(T instance, long tsNs, long sourceNs) {
        return staged(instance).tryCommit(tsNs, sourceNs);
    }

    /**
     * As {@link #tryRecord(Record)}, answering where the record is.
     *
     * @param instance the record
     * @return its sequence, or why it was refused, negative: see {@link Recorder#offer(byte[])}
     * @throws IllegalArgumentException naming the component whose value cannot be written
     */
    public long offer(T instance) {
        return staged(instance).offer();
    }

    /**
     * Hands over a record, and waits for room if there is none.
     *
     * @param instance the record
     * @param maxWait how long at most; an interrupt ends the wait
     * @return true when taken; false when refused, or no room came in time
     * @throws IllegalArgumentException naming the component whose value cannot be written
     */
    public boolean record(T instance, Duration maxWait) {
        return staged(instance).commit(maxWait);
    }
}
