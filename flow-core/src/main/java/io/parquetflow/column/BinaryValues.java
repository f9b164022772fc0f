package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * BYTE_ARRAY values, PLAIN: four bytes of length, then the bytes. Where the page goes out as it is, the values are put
 * straight into the chunk's memory and never copied again.
 *
 * <p>Bounds are kept by where the value lies in the page, and compared over the first {@link #COMPARED_BYTES} bytes:
 * more than the 64 that are written, so that a longer value is never taken for one of exactly that length. Where a cut
 * maximum cannot be raised above what was cut off, the page has no bounds.
 *
 * <p>Not thread-safe.
 */
public final class BinaryValues extends ValueBuffer {
    private static final int COMPARED_BYTES = 72;

    private final PrimitiveType type;
    private final BinaryTruncator truncator;
    private final DirectBytes target;
    private final boolean inPlace;
    private final int room;
    private int start;
    private int count;
    private int minAt;
    private int maxAt;

    /** With memory of its own. */
    BinaryValues(PrimitiveType type, int pageBytes) {
        this.room = 0;
        this.type = type;
        this.truncator = BinaryTruncator.getTruncator(type);
        this.target = new DirectBytes(pageBytes);
        this.inPlace = false;
    }

    /** Behind the room for page header and levels in the chunk's memory. */
    BinaryValues(PrimitiveType type, DirectBytes chunk, int room) {
        this.room = room;
        this.type = type;
        this.truncator = BinaryTruncator.getTruncator(type);
        this.target = chunk;
        this.inPlace = true;
    }

    /**
     * Adds a value to the open page.
     *
     * @param from memory
     * @param at index of the first byte
     * @param length bytes
     */
    public void add(ByteBuffer from, int at, int length) {
        if (count == 0) {
            open();
        }
        target.ensure(Integer.BYTES + length);
        int lengthAt = target.size();
        ByteBuffer memory = target.memory();
        memory.putInt(lengthAt, length);
        memory.put(lengthAt + Integer.BYTES, from, at, length);
        target.cutTo(lengthAt + Integer.BYTES + length);
        if (count++ == 0) {
            minAt = lengthAt;
            maxAt = lengthAt;
        } else if (compare(memory, lengthAt, minAt) < 0) {
            minAt = lengthAt;
        } else if (compare(memory, lengthAt, maxAt) > 0) {
            maxAt = lengthAt;
        }
    }

    private void open() {
        if (inPlace) {
            target.skip(room);
        }
        start = target.size();
    }

    /** Unsigned, byte by byte, as Parquet orders binary columns. */
    private static int compare(ByteBuffer memory, int a, int b) {
        int lengthA = memory.getInt(a);
        int lengthB = memory.getInt(b);
        int common = Math.min(Math.min(lengthA, lengthB), COMPARED_BYTES);
        int i = Integer.BYTES;
        int end = Integer.BYTES + common;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long x = memory.getLong(a + i);
            long y = memory.getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; i < end; i++) {
            int difference = (memory.get(a + i) & 0xff) - (memory.get(b + i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return Math.min(lengthA, COMPARED_BYTES) - Math.min(lengthB, COMPARED_BYTES);
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int pageBytes() {
        return count == 0 ? 0 : target.size() - start;
    }

    boolean inPlace() {
        return inPlace;
    }

    /** Where the open page's first value begins in the chunk's memory. */
    int start() {
        return start;
    }

    /** In place the values lie in the chunk already, and nothing is appended. */
    @Override
    Encoding encode(DirectBytes out) {
        if (count > 0 && !inPlace) {
            out.put(target.memory(), start, target.size() - start);
        }
        return Encoding.PLAIN;
    }

    @Override
    Statistics<?> statistics(int nulls) {
        Statistics.Builder builder = Statistics.getBuilderForReading(type).withNumNulls(nulls);
        if (count > 0) {
            byte[] max = prefix(maxAt);
            if (bounds(max)) {
                builder.withMin(prefix(minAt)).withMax(max);
            }
        }
        return builder.build();
    }

    /**
     * Whether what is written for the maximum is not below it. A prefix is, unless it is raised when it is written; that
     * fails where every byte is 0xff, or every character the largest of its length.
     */
    private boolean bounds(byte[] max) {
        int limit = PageLimits.DEFAULT_BOUND_BYTES;
        return target.memory().getInt(maxAt) <= max.length
                || truncator
                                .truncateMax(Binary.fromConstantByteArray(max), limit)
                                .length()
                        <= limit;
    }

    private byte[] prefix(int at) {
        ByteBuffer memory = target.memory().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[Math.min(memory.getInt(at), COMPARED_BYTES)];
        memory.get(at + Integer.BYTES, bytes);
        return bytes;
    }

    @Override
    long byteArrayBytes() {
        return pageBytes() - (long) count * Integer.BYTES;
    }

    @Override
    long memoryBytes() {
        return inPlace ? 0 : target.capacity();
    }

    @Override
    void clearPage() {
        count = 0;
        if (!inPlace) {
            target.clear();
        }
        start = target.size();
    }
}
