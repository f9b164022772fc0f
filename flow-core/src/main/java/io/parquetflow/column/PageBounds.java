package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * Least and greatest of a page's values, or of a chunk's, as PLAIN has them without a length. Used again for page after page.
 *
 * <p>Not thread-safe.
 */
final class PageBounds {
    /** Where nobody counts NaNs: types that have none. */
    static final int NOT_COUNTED = -1;

    private static final int FIRST_BYTES = 16;

    private final HeapBytes bytes = new HeapBytes(FIRST_BYTES);
    private boolean known;
    private int minLength;
    private long nans;

    PageBounds() {
        clear();
    }

    /** None, and no NaNs counted. */
    void clear() {
        bytes.cutTo(0);
        known = false;
        minLength = 0;
        nans = NOT_COUNTED;
    }

    boolean areKnown() {
        return known;
    }

    /** {@link #NOT_COUNTED}, or how many. */
    long nans() {
        return nans;
    }

    void setNans(long count) {
        nans = count;
    }

    /** The minimum from 0 on, behind it the maximum. */
    HeapBytes bytes() {
        return bytes;
    }

    int minLength() {
        return minLength;
    }

    int maxLength() {
        return bytes.size() - minLength;
    }

    void setBooleans(boolean min, boolean max) {
        bytes.cutTo(0);
        bytes.add(min ? 1 : 0);
        bytes.add(max ? 1 : 0);
        found(1);
    }

    void setInts(int min, int max) {
        bytes.cutTo(0);
        bytes.addInt(min);
        bytes.addInt(max);
        found(Integer.BYTES);
    }

    void setLongs(long min, long max) {
        bytes.cutTo(0);
        bytes.addLong(min);
        bytes.addLong(max);
        found(Long.BYTES);
    }

    /** Half floats. */
    void setShorts(int min, int max) {
        bytes.cutTo(0);
        bytes.add(min);
        bytes.add(min >>> Byte.SIZE);
        bytes.add(max);
        bytes.add(max >>> Byte.SIZE);
        found(Short.BYTES);
    }

    void set(ByteBuffer memory, int min, int lengthOfMin, int max, int lengthOfMax) {
        bytes.cutTo(0);
        bytes.addAll(memory, min, lengthOfMin);
        bytes.addAll(memory, max, lengthOfMax);
        found(lengthOfMin);
    }

    void set(byte[] min, byte[] max) {
        bytes.cutTo(0);
        bytes.addAll(min, 0, min.length);
        bytes.addAll(max, 0, max.length);
        found(min.length);
    }

    private void found(int lengthOfMin) {
        minLength = lengthOfMin;
        known = true;
    }

    long memoryBytes() {
        return bytes.array().length;
    }
}
