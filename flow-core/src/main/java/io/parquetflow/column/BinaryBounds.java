package io.parquetflow.column;

import java.nio.ByteBuffer;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Least and greatest of a page's byte arrays, in the order that the type has.
 *
 * <p>Unsigned ones are compared over the first {@link #COMPARED_BYTES} bytes: more than the 64 that are written, so that
 * a longer value is never taken for one of exactly that length. Where a cut maximum cannot be raised above what was cut
 * off, the page has no bounds. Decimals are never cut.
 *
 * <p>Not thread-safe.
 */
final class BinaryBounds {
    private static final int COMPARED_BYTES = PageLimits.DEFAULT_BOUND_BYTES + Long.BYTES;
    private static final short FLOAT16_INFINITY = 0x7c00;

    private final BoundOrder order;
    private final boolean isCut;
    private final HeapBytes raised = new HeapBytes(0);

    BinaryBounds(PrimitiveType type) {
        this.order = BoundOrder.of(type);
        this.isCut = BoundCut.isFor(type);
    }

    void find(BytesPage page, PageBounds bounds) {
        if (page.count() > 0) {
            switch (order) {
                case UNSIGNED_BYTES -> unsigned(page, bounds);
                case SIGNED_BYTES -> signed(page, bounds);
                case FLOAT16 -> float16(page, bounds);
                default -> {}
            }
        }
    }

    private void unsigned(BytesPage page, PageBounds bounds) {
        ByteBuffer memory = page.memory();
        int min = 0;
        int max = 0;
        long minKey = key(memory, page, 0);
        long maxKey = minKey;
        for (int i = 1; i < page.count(); i++) {
            if (page.repeats(i)) {
                continue;
            }
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
        int greatest = length(page, max);
        if (page.length(max) <= greatest || canBeRaised(memory, page.at(max), greatest)) {
            bounds.set(memory, page.at(min), length(page, min), page.at(max), greatest);
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
    private boolean canBeRaised(ByteBuffer memory, int at, int length) {
        int limit = PageLimits.DEFAULT_BOUND_BYTES;
        if (!isCut) {
            return length <= limit;
        }
        raised.cutTo(0);
        raised.addAll(memory, at, length);
        return BoundCut.max(raised.view(), 0, length, limit) <= limit;
    }

    private void signed(BytesPage page, PageBounds bounds) {
        ByteBuffer memory = page.memory();
        int min = 0;
        int max = 0;
        for (int i = 1; i < page.count(); i++) {
            int at = page.at(i);
            int length = page.length(i);
            if (ByteRanges.compareSigned(memory, at, length, page.at(min), page.length(min)) < 0) {
                min = i;
            } else if (ByteRanges.compareSigned(memory, at, length, page.at(max), page.length(max)) > 0) {
                max = i;
            }
        }
        bounds.set(memory, page.at(min), page.length(min), page.at(max), page.length(max));
    }

    /** As {@link DoubleValues} has it: no bounds with a NaN, and zeros that exclude neither zero. */
    private void float16(BytesPage page, PageBounds bounds) {
        ByteBuffer memory = page.memory();
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        int nans = 0;
        for (int i = 0; i < page.count(); i++) {
            short bits = memory.getShort(page.at(i));
            int key = BoundOrder.halfKey(bits);
            least = Math.min(least, key);
            most = Math.max(most, key);
            nans += (bits & 0x7fff) > FLOAT16_INFINITY ? 1 : 0;
        }
        bounds.setNans(nans);
        if (nans == 0) {
            int min = BoundOrder.halfKey((short) least);
            int max = BoundOrder.halfKey((short) most);
            bounds.setShorts(min == 0 ? 0x8000 : min, (max & 0xffff) == 0x8000 ? 0 : max);
        }
    }

    /** What is looked at; not cut in the middle of a character, since what is left of text has to be text. */
    private static int length(BytesPage page, int i) {
        int length = Math.min(page.length(i), COMPARED_BYTES);
        for (int back = 0; back < 3 && length < page.length(i); back++) {
            boolean isWithin = (page.memory().get(page.at(i) + length) & 0xc0) == 0x80;
            length -= isWithin ? 1 : 0;
        }
        return length;
    }
}
