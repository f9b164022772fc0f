package io.parquetflow;

import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowStage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

/**
 * Hands over typed rows, one after the other, from one thread.
 *
 * <pre>{@code
 * boolean taken = writer.begin()
 *         .putLong(TS, tsNs)
 *         .putString(SYMBOL, symbol)
 *         .addInt(CONDITION, 12)
 *         .addInt(CONDITION, 37)
 *         .tryCommit();
 * }</pre>
 *
 * <p>A column is its index among the schema's leaf columns, {@code schema.getColumns()}; {@link #column} finds it by name,
 * once. {@code put…} is for columns of which a row has one value, {@code add…} for the elements of a repeated field or a
 * LIST, {@link #entry} and then {@code put…} for any nesting. A column that is left out is null, or a list that is null.
 *
 * <p><b>Returns at once, always:</b> everything but {@code commit}. No lock, no system call, nothing allocated once the
 * writer has grown to its rows, and no exception for lack of room: {@code tryCommit} and {@code offer} answer that the row
 * was not taken, and count why, exactly as {@link Recorder#tryRecord(byte[])} does.
 *
 * <p>Misuse throws, and before anything is handed over: a value that the column's type does not have, a required column
 * without its value, columns of one group that tell differently of it. The row has not changed then, and may be gone on
 * with.
 *
 * <p>A row that was refused is still here: commit it again, or {@link #begin} the next. Rows that are given up need nothing
 * but that either.
 *
 * <p>Not thread-safe: one a thread.
 */
public final class RecordWriter {
    private static final int NONE = -1;

    private final Recorder recorder;
    private final RowStage stage;
    /** Of the row that is finished and not taken yet. */
    private int length = NONE;

    RecordWriter(Recorder recorder, RecordLayout layout) {
        this.recorder = recorder;
        // what the ring takes must fit, and a row that it will not take is still counted by it as too long
        this.stage = new RowStage(layout, Math.max(RowStage.DEFAULT_LIMIT_BYTES, recorder.maxPayloadBytes()));
    }

    /**
     * A column's number.
     *
     * @param path dotted, as {@code legs.list.element.price}
     * @return its index in {@code schema.getColumns()}
     * @throws IllegalArgumentException when there is no such column
     */
    public int column(String path) {
        return stage.layout().column(path);
    }

    /**
     * Starts a row; one that was not committed is forgotten.
     *
     * @return this
     */
    public RecordWriter begin() {
        length = NONE;
        stage.begin();
        return this;
    }

    /**
     * Puts a BOOLEAN.
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putBoolean(int column, boolean value) {
        stage.putBoolean(column, value);
        return this;
    }

    /**
     * Puts an INT32.
     *
     * @param column its index
     * @param value the value; of an unsigned 32-bit column, its bits
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putInt(int column, int value) {
        stage.putInt(column, value);
        return this;
    }

    /**
     * Puts an INT64.
     *
     * @param column its index
     * @param value the value; of an unsigned 64-bit column, its bits
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putLong(int column, long value) {
        stage.putLong(column, value);
        return this;
    }

    /**
     * Puts a FLOAT.
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putFloat(int column, float value) {
        stage.putFloat(column, value);
        return this;
    }

    /**
     * Puts a DOUBLE.
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putDouble(int column, double value) {
        stage.putDouble(column, value);
        return this;
    }

    /**
     * Puts text.
     *
     * @param column its index
     * @param text to be written as UTF-8
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putString(int column, CharSequence text) {
        stage.putString(column, text);
        return this;
    }

    /**
     * Puts bytes: a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param bytes all of them are the value
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putBytes(int column, byte[] bytes) {
        stage.putBytes(column, bytes, 0, bytes.length);
        return this;
    }

    /**
     * Puts bytes: a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param bytes the array
     * @param offset of the first byte
     * @param count bytes
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putBytes(int column, byte[] bytes, int offset, int count) {
        stage.putBytes(column, bytes, offset, count);
        return this;
    }

    /**
     * Puts what remains in a buffer: a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96. Position and limit stay.
     *
     * @param column its index
     * @param bytes heap or direct, read-only too
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putBytes(int column, ByteBuffer bytes) {
        stage.putBytes(column, bytes, bytes.position(), bytes.remaining());
        return this;
    }

    /**
     * Puts a UUID: a FIXED_LEN_BYTE_ARRAY(16).
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open, or the column has its value already
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter putUuid(int column, UUID value) {
        stage.putUuid(column, value.getMostSignificantBits(), value.getLeastSignificantBits());
        return this;
    }

    /**
     * Adds a BOOLEAN to a list.
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addBoolean(int column, boolean value) {
        stage.addBoolean(column, value);
        return this;
    }

    /**
     * Adds an INT32 to a list.
     *
     * @param column its index
     * @param value the value; of an unsigned 32-bit column, its bits
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addInt(int column, int value) {
        stage.addInt(column, value);
        return this;
    }

    /**
     * Adds an INT64 to a list.
     *
     * @param column its index
     * @param value the value; of an unsigned 64-bit column, its bits
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addLong(int column, long value) {
        stage.addLong(column, value);
        return this;
    }

    /**
     * Adds a FLOAT to a list.
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addFloat(int column, float value) {
        stage.addFloat(column, value);
        return this;
    }

    /**
     * Adds a DOUBLE to a list.
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addDouble(int column, double value) {
        stage.addDouble(column, value);
        return this;
    }

    /**
     * Adds text to a list.
     *
     * @param column its index
     * @param text to be written as UTF-8
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addString(int column, CharSequence text) {
        stage.addString(column, text);
        return this;
    }

    /**
     * Adds bytes to a list: a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param bytes all of them are the value
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addBytes(int column, byte[] bytes) {
        stage.addBytes(column, bytes, 0, bytes.length);
        return this;
    }

    /**
     * Adds bytes to a list: a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @param column its index
     * @param bytes the array
     * @param offset of the first byte
     * @param count bytes
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addBytes(int column, byte[] bytes, int offset, int count) {
        stage.addBytes(column, bytes, offset, count);
        return this;
    }

    /**
     * Adds to a list what remains in a buffer: a BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96. Position and limit stay.
     *
     * @param column its index
     * @param bytes heap or direct, read-only too
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addBytes(int column, ByteBuffer bytes) {
        stage.addBytes(column, bytes, bytes.position(), bytes.remaining());
        return this;
    }

    /**
     * Adds a UUID to a list: a FIXED_LEN_BYTE_ARRAY(16).
     *
     * @param column its index
     * @param value the value
     * @return this
     * @throws IllegalStateException when no row is open
     * @throws IllegalArgumentException when the column is of another type, or its type has no such value
     */
    public RecordWriter addUuid(int column, UUID value) {
        stage.element(column);
        stage.putUuid(column, value.getMostSignificantBits(), value.getLeastSignificantBits());
        return this;
    }

    /**
     * Makes a column null; of a repeated one, its list. The same as leaving it out, said aloud.
     *
     * @param column its index
     * @return this
     * @throws IllegalArgumentException when the column has a value in every row
     */
    public RecordWriter putNull(int column) {
        stage.putNull(column);
        return this;
    }

    /**
     * Makes a list one without elements, which is not the same as a list that is null.
     *
     * @param column its index
     * @return this
     * @throws IllegalArgumentException when the column is not repeated
     */
    public RecordWriter putEmpty(int column) {
        stage.putEmpty(column);
        return this;
    }

    /**
     * Adds a null to a list.
     *
     * @param column its index
     * @return this
     * @throws IllegalArgumentException when the elements are required
     */
    public RecordWriter addNull(int column) {
        stage.addNull(column);
        return this;
    }

    /**
     * Adds an entry: what the Parquet format says of each value and each null. Where the definition level is the column's
     * largest, the value has to follow, by {@code put…}.
     *
     * @param column its index
     * @param repetition level: 0 for the first of a row, else that of the list that goes on
     * @param definition level: how much of the column's path is there
     * @return this
     * @throws IllegalArgumentException when no row has such levels
     */
    public RecordWriter entry(int column, int repetition, int definition) {
        stage.entry(column, repetition, definition);
        return this;
    }

    /**
     * Hands over the row.
     *
     * @return true when taken, false when refused and counted
     * @throws IllegalStateException naming all required columns without a value, or two that disagree on a group
     */
    public boolean tryCommit() {
        return offer(Recorder.OUR_CLOCK, Recorder.NO_SOURCE) >= 0;
    }

    /**
     * Hands over the row, with times.
     *
     * @param tsNs the record's time, or {@link Recorder#OUR_CLOCK}
     * @param sourceNs the source's time, or {@link Recorder#NO_SOURCE}
     * @return true when taken, false when refused and counted
     * @throws IllegalStateException naming all required columns without a value, or two that disagree on a group
     */
    public boolean tryCommit(long tsNs, long sourceNs) {
        return offer(tsNs, sourceNs) >= 0;
    }

    /**
     * As {@link #tryCommit()}, answering where the record is.
     *
     * @return the record's sequence, or why it was refused, negative: see {@link Recorder#offer(byte[])}
     * @throws IllegalStateException naming all required columns without a value, or two that disagree on a group
     */
    public long offer() {
        return offer(Recorder.OUR_CLOCK, Recorder.NO_SOURCE);
    }

    /**
     * As {@link #tryCommit(long, long)}, answering where the record is.
     *
     * @param tsNs the record's time, or {@link Recorder#OUR_CLOCK}
     * @param sourceNs the source's time, or {@link Recorder#NO_SOURCE}
     * @return the record's sequence, or why it was refused, negative: see {@link Recorder#offer(byte[])}
     * @throws IllegalStateException naming all required columns without a value, or two that disagree on a group
     */
    public long offer(long tsNs, long sourceNs) {
        finish();
        long answer = recorder.offer(stage.array(), 0, length, tsNs, sourceNs);
        length = answer >= 0 ? NONE : length; // taken: never to be handed over twice
        return answer;
    }

    /**
     * Hands over the row, and waits for room if there is none.
     *
     * @param maxWait how long at most; an interrupt ends the wait
     * @return true when taken; false when refused, or no room came in time, which is counted as {@code timedOut}
     * @throws IllegalStateException naming all required columns without a value, or two that disagree on a group
     */
    public boolean commit(Duration maxWait) {
        return commit(Recorder.OUR_CLOCK, Recorder.NO_SOURCE, maxWait);
    }

    /**
     * Hands over the row, with times, and waits for room if there is none.
     *
     * @param tsNs the record's time, or {@link Recorder#OUR_CLOCK}
     * @param sourceNs the source's time, or {@link Recorder#NO_SOURCE}
     * @param maxWait how long at most; an interrupt ends the wait
     * @return true when taken; false when refused, or no room came in time, which is counted as {@code timedOut}
     * @throws IllegalStateException naming all required columns without a value, or two that disagree on a group
     */
    public boolean commit(long tsNs, long sourceNs, Duration maxWait) {
        finish();
        boolean taken = recorder.record(stage.array(), 0, length, tsNs, sourceNs, maxWait);
        length = taken ? NONE : length;
        return taken;
    }

    private void finish() {
        if (length == NONE) {
            length = stage.finish();
        }
    }

    /** For rows that a mapping fills in. */
    RowStage stage() {
        return stage;
    }
}
