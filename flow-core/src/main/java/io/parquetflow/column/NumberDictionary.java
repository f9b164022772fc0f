package io.parquetflow.column;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A dictionary of numbers of four or eight bytes; floating point by its bits, so that every NaN and both zeros come back.
 *
 * <p>Not thread-safe.
 */
final class NumberDictionary extends ValueDictionary {
    private static final int FIRST_VALUES = 128;
    /** Values that lie as close together as this are looked up without a hash: a megabyte at the most. */
    private static final int MOST_NEAR = 1 << 18;
    /** A table of more than so many places a value would be filled for nothing. */
    private static final int PLACES_PER_VALUE = 16;

    private final int width;
    /** So that nobody can choose values that all meet in one slot. */
    private final long seed = new SplittableRandom().nextLong();

    private long[] values = new long[FIRST_VALUES];
    private long last;
    private int lastIndex = FULL;

    /** Index + 1 by distance from {@link #base}, 0 for none yet; empty until values lie close together. */
    private int[] near = {};

    private long base;

    /** For numbers of {@code width} bytes, 4 or 8. */
    NumberDictionary(int width) {
        this.width = width;
    }

    /** The value's index, new or not; {@link #FULL} when there is no room for another. */
    int indexOf(long value) {
        if (value == last && lastIndex != FULL) {
            return lastIndex;
        }
        int slot = slotOf(hash(value));
        for (int entry = inSlot(slot); entry != 0; entry = inSlot(slot)) {
            if (values[entry - 1] == value) {
                last = value;
                lastIndex = entry - 1;
                return lastIndex;
            }
            slot = slotBehind(slot);
        }
        return add(value, slot);
    }

    /**
     * Whether values from {@code min} to {@code max} are near enough to be looked up by {@link #indexOfNear}; if so, they
     * can be from now on.
     */
    boolean isNear(long min, long max, int count) {
        long places = max - min + 1;
        if (places <= 0 || places > Math.min(MOST_NEAR, (long) PLACES_PER_VALUE * count)) {
            return false;
        }
        if (min >= base && Long.compareUnsigned(max - base, near.length) < 0) {
            return true;
        }
        if (places > near.length) {
            near = new int[(int) places];
        } else {
            Arrays.fill(near, 0);
        }
        base = min;
        for (int index = 0; index < entries(); index++) {
            place(values[index], index + 1);
        }
        return true;
    }

    private void place(long value, int entry) {
        long at = value - base;
        if (value >= base && at >= 0 && at < near.length) {
            near[(int) at] = entry;
        }
    }

    /** The index of a value that {@link #isNear} was asked for. */
    int indexOfNear(long value) {
        int at = (int) (value - base);
        int entry = near[at];
        if (entry != 0) {
            return entry - 1;
        }
        int index = indexOf(value);
        near[at] = index + 1; // FULL is -1: none
        return index;
    }

    private int add(long value, int slot) {
        int entries = entries();
        if (entries == MOST_ENTRIES) {
            return FULL;
        }
        if (entries == values.length) {
            values = Arrays.copyOf(values, 2 * entries);
        }
        values[entries] = value;
        last = value;
        lastIndex = entries;
        return newEntry(slot);
    }

    private int hash(long value) {
        long h = (value ^ seed) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (h >>> 32);
    }

    @Override
    int hashOfEntry(int index) {
        return hash(values[index]);
    }

    @Override
    int bytes() {
        return entries() * width;
    }

    @Override
    void encode(DirectBytes out) {
        if (width == Long.BYTES) {
            out.putLongs(values, entries());
            return;
        }
        for (int i = 0; i < entries(); i++) {
            out.putInt((int) values[i]);
        }
    }

    @Override
    void cutEntriesTo(int count) {
        for (int index = count; index < entries(); index++) {
            place(values[index], 0);
        }
        lastIndex = FULL;
    }

    @Override
    long memoryOfEntries() {
        return (long) values.length * Long.BYTES + (long) near.length * Integer.BYTES;
    }
}
