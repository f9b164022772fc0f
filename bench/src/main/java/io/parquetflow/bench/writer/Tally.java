package io.parquetflow.bench.writer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Adds up one column.
 *
 * <p>Not thread-safe.
 */
final class Tally {
    private static final byte STARTS_ROW = 1;
    private static final byte VALUE = 2;

    private final CRC32C values = new CRC32C();
    private final CRC32C shape = new CRC32C();
    private final ByteBuffer scratch = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long rowCount;
    private long valueCount;
    private long bytes;

    void absent(boolean startsRow) {
        shape(startsRow, 0, 0);
    }

    void value(boolean startsRow, byte[] array, int offset, int length) {
        shape(startsRow, VALUE, length);
        values.update(array, offset, length);
        valueCount++;
        bytes += length;
    }

    void value(boolean startsRow, int value) {
        scratch.clear().putInt(value);
        value(startsRow, scratch.array(), 0, Integer.BYTES);
    }

    void value(boolean startsRow, long value) {
        scratch.clear().putLong(value);
        value(startsRow, scratch.array(), 0, Long.BYTES);
    }

    void add(ColumnValues column) {
        Cursor cursor = new Cursor(column);
        boolean startsRow = true;
        while (cursor.hasNext()) {
            if (!cursor.isValue()) {
                absent(startsRow);
            } else if (column.isBinary()) {
                value(startsRow, column.bytes(), cursor.offset(), cursor.length());
            } else if (column.isInts()) {
                value(startsRow, cursor.intValue());
            } else {
                value(startsRow, cursor.longValue());
            }
            startsRow = !cursor.next();
        }
    }

    private void shape(boolean startsRow, int value, int length) {
        int flags = value | (startsRow ? STARTS_ROW : 0);
        shape.update(flags);
        shape.update(length);
        shape.update(length >>> 8);
        shape.update(length >>> 16);
        shape.update(length >>> 24);
        rowCount += startsRow ? 1 : 0;
    }

    Contents.Column column() {
        return new Contents.Column(rowCount, valueCount, bytes, (int) values.getValue(), (int) shape.getValue());
    }
}
