package io.parquetflow.capture;

import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowStage;
import io.parquetflow.spi.RowAppender;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The rows that a decoder makes of one payload, until it is known whether it can make all of them. Bounded: a payload
 * that lies about how much there is must not take the memory of the process.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class StagedRows implements RowAppender {
    private final RowStage stage;
    private final int mostBytes;
    private ByteBuffer rows;
    private int[] ends = new int[64];
    private int count;
    private boolean open;

    StagedRows(RecordLayout layout, int mostBytes) {
        this.stage = new RowStage(layout, mostBytes);
        this.mostBytes = mostBytes;
        this.rows = memory(Math.min(mostBytes, 16 << 10));
    }

    private static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        count = 0;
        open = false;
    }

    int count() {
        return count;
    }

    ByteBuffer memory() {
        return rows;
    }

    int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    int end(int row) {
        return ends[row];
    }

    /** After the decoder: whether it left a row that it did not end. */
    boolean isOpen() {
        return open;
    }

    private RowStage stage() {
        if (!open) {
            stage.begin();
            open = true;
        }
        return stage;
    }

    @Override
    public void endRow() {
        int length = stage().finish();
        int from = count == 0 ? 0 : ends[count - 1];
        if (from + (long) length > mostBytes) {
            throw new IllegalStateException(
                    "one payload makes too many rows: rows=" + count + ", bytes=" + from + ", at most " + mostBytes);
        }
        if (from + length > rows.capacity()) {
            ByteBuffer larger = memory((int) Math.min(mostBytes, Math.max(from + (long) length, 2L * rows.capacity())));
            rows = larger.put(0, rows, 0, from);
        }
        rows.put(from, stage.array(), 0, length);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = from + length;
        open = false;
    }

    @Override
    public RowAppender putBoolean(int column, boolean value) {
        stage().putBoolean(column, value);
        return this;
    }

    @Override
    public RowAppender putInt(int column, int value) {
        stage().putInt(column, value);
        return this;
    }

    @Override
    public RowAppender putLong(int column, long value) {
        stage().putLong(column, value);
        return this;
    }

    @Override
    public RowAppender putFloat(int column, float value) {
        stage().putFloat(column, value);
        return this;
    }

    @Override
    public RowAppender putDouble(int column, double value) {
        stage().putDouble(column, value);
        return this;
    }

    @Override
    public RowAppender putBytes(int column, byte[] bytes, int at, int length) {
        stage().putBytes(column, bytes, at, length);
        return this;
    }

    @Override
    public RowAppender putBytes(int column, ByteBuffer bytes, int at, int length) {
        stage().putBytes(column, bytes, at, length);
        return this;
    }

    @Override
    public RowAppender putString(int column, CharSequence value) {
        stage().putString(column, value);
        return this;
    }

    @Override
    public RowAppender putNull(int column) {
        stage().putNull(column);
        return this;
    }

    @Override
    public RowAppender addBoolean(int column, boolean value) {
        stage().addBoolean(column, value);
        return this;
    }

    @Override
    public RowAppender addInt(int column, int value) {
        stage().addInt(column, value);
        return this;
    }

    @Override
    public RowAppender addLong(int column, long value) {
        stage().addLong(column, value);
        return this;
    }

    @Override
    public RowAppender addFloat(int column, float value) {
        stage().addFloat(column, value);
        return this;
    }

    @Override
    public RowAppender addDouble(int column, double value) {
        stage().addDouble(column, value);
        return this;
    }

    @Override
    public RowAppender addBytes(int column, byte[] bytes, int at, int length) {
        stage().addBytes(column, bytes, at, length);
        return this;
    }

    @Override
    public RowAppender addString(int column, CharSequence value) {
        stage().addString(column, value);
        return this;
    }

    @Override
    public RowAppender entry(int column, int repetitionLevel, int definitionLevel) {
        stage().entry(column, repetitionLevel, definitionLevel);
        return this;
    }
}
