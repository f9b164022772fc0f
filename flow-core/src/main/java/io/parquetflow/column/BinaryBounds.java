package io.parquetflow.column;

import java.nio.ByteBuffer;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder.ColumnOrderName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.GeographyLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.GeometryLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Least and greatest of a page's byte arrays, in the order that the type has.
 *
 * <p>Unsigned ones are compared over the first {@link #COMPARED_BYTES} bytes: more than the 64 that are written, so that
 * a longer value is never taken for one of exactly that length. Where a cut maximum cannot be raised above what was cut
 * off, the page has no bounds. Decimals are never cut.
 *
 * <p>Not thread-safe: it keeps what it has found.
 */
final class BinaryBounds {
    private static final int COMPARED_BYTES = PageLimits.DEFAULT_BOUND_BYTES + Long.BYTES;
    private static final short FLOAT16_INFINITY = 0x7c00;

    /** How the bytes are to be read. */
    private enum Order {
        /** None that readers agree on: INT96, INTERVAL, geometries. */
        NONE,
        /** Byte by byte. */
        UNSIGNED,
        /** Two's complement, big endian: decimals. */
        SIGNED,
        /** Half floats, little endian. */
        FLOAT16
    }

    private final PrimitiveType type;
    private final Order order;
    private final BinaryTruncator truncator;
    private int min;
    private int max;

    BinaryBounds(PrimitiveType type) {
        this.type = type;
        this.order = order(type);
        this.truncator = BinaryTruncator.getTruncator(type);
    }

    private static Order order(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        // parquet-java knows no order of INT96 and INTERVAL, but has one for geometries, whose bounds nobody can use.
        if (type.columnOrder().getColumnOrderName() == ColumnOrderName.UNDEFINED
                || logical instanceof GeometryLogicalTypeAnnotation
                || logical instanceof GeographyLogicalTypeAnnotation) {
            return Order.NONE;
        } else if (logical == null && type.getTypeLength() > PageLimits.DEFAULT_BOUND_BYTES) {
            return Order.NONE; // a bound that is cut is no value of such a length, and readers take it for one
        } else if (logical instanceof DecimalLogicalTypeAnnotation) {
            return Order.SIGNED;
        } else if (logical instanceof Float16LogicalTypeAnnotation) {
            return Order.FLOAT16;
        }
        return Order.UNSIGNED;
    }

    Statistics<?> of(BytesPage page, int nulls) {
        Statistics.Builder builder = Statistics.getBuilderForReading(type).withNumNulls(nulls);
        if (page.count() > 0) {
            switch (order) {
                case NONE -> {}
                case UNSIGNED -> unsigned(page, builder);
                case SIGNED -> signed(page, builder);
                case FLOAT16 -> float16(page, builder);
            }
        }
        return builder.build();
    }

    private void unsigned(BytesPage page, Statistics.Builder builder) {
        ByteBuffer memory = page.memory();
        min = 0;
        max = 0;
        long minKey = key(memory, page, 0);
        long maxKey = minKey;
        for (int i = 1; i < page.count(); i++) {
            long key = key(memory, page, i);
            if (key < minKey || (key == minKey && compare(memory, page, i, min) < 0)) {
                min = i;
                minKey = key;
            }
            if (key > maxKey || (key == maxKey && compare(memory, page, i, max) > 0)) {
                max = i;
                maxKey = key;
            }
        }
        byte[] greatest = bytes(page, max, COMPARED_BYTES);
        if (page.length(max) <= greatest.length || canBeRaised(greatest)) {
            builder.withMin(bytes(page, min, COMPARED_BYTES)).withMax(greatest);
        }
    }

    /** The first eight bytes as a signed number that orders as they do; most values differ there. */
    private static long key(ByteBuffer memory, BytesPage page, int i) {
        int at = page.at(i);
        int length = page.length(i);
        long key = 0;
        if (length >= Long.BYTES) {
            key = Long.reverseBytes(memory.getLong(at));
        } else {
            for (int b = 0; b < length; b++) {
                key |= (memory.get(at + b) & 0xffL) << (56 - 8 * b);
            }
        }
        return key ^ Long.MIN_VALUE;
    }

    private static int compare(ByteBuffer memory, BytesPage page, int a, int b) {
        return ByteRanges.compareUnsigned(
                memory,
                page.at(a),
                Math.min(page.length(a), COMPARED_BYTES + 1),
                page.at(b),
                Math.min(page.length(b), COMPARED_BYTES + 1));
    }

    /**
     * Whether what is written for the maximum is not below it. A prefix is, unless it is raised when it is written; that
     * fails where every byte is 0xff, or every character the largest of its length.
     */
    private boolean canBeRaised(byte[] prefix) {
        int limit = PageLimits.DEFAULT_BOUND_BYTES;
        return truncator
                        .truncateMax(Binary.fromConstantByteArray(prefix), limit)
                        .length()
                <= limit;
    }

    private void signed(BytesPage page, Statistics.Builder builder) {
        ByteBuffer memory = page.memory();
        min = 0;
        max = 0;
        for (int i = 1; i < page.count(); i++) {
            int at = page.at(i);
            int length = page.length(i);
            if (ByteRanges.compareSigned(memory, at, length, page.at(min), page.length(min)) < 0) {
                min = i;
            } else if (ByteRanges.compareSigned(memory, at, length, page.at(max), page.length(max)) > 0) {
                max = i;
            }
        }
        builder.withMin(bytes(page, min, Integer.MAX_VALUE)).withMax(bytes(page, max, Integer.MAX_VALUE));
    }

    /** As {@link DoubleValues} has it: no bounds with a NaN, and zeros that exclude neither zero. */
    private void float16(BytesPage page, Statistics.Builder builder) {
        ByteBuffer memory = page.memory();
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        int nans = 0;
        for (int i = 0; i < page.count(); i++) {
            short bits = memory.getShort(page.at(i));
            int key = key(bits);
            least = Math.min(least, key);
            most = Math.max(most, key);
            nans += (bits & 0x7fff) > FLOAT16_INFINITY ? 1 : 0;
        }
        builder.withNanCount(nans);
        if (nans == 0) {
            int minBits = key((short) least) == 0 ? 0x8000 : key((short) least);
            int maxBits = (key((short) most) & 0xffff) == 0x8000 ? 0 : key((short) most);
            builder.withMin(littleEndian(minBits)).withMax(littleEndian(maxBits));
        }
    }

    /** Bits of a half float to a number that orders as the values do, and back. */
    private static int key(short bits) {
        return bits ^ ((bits >> 15) & 0x7fff);
    }

    private static byte[] littleEndian(int bits) {
        return new byte[] {(byte) bits, (byte) (bits >>> 8)};
    }

    /** Not cut in the middle of a character: what is left of text has to be text. */
    private static byte[] bytes(BytesPage page, int i, int atMost) {
        int length = Math.min(page.length(i), atMost);
        for (int back = 0; back < 3 && length < page.length(i); back++) {
            boolean isWithin = (page.memory().get(page.at(i) + length) & 0xc0) == 0x80;
            length -= isWithin ? 1 : 0;
        }
        byte[] bytes = new byte[length];
        page.memory().get(page.at(i), bytes);
        return bytes;
    }
}
