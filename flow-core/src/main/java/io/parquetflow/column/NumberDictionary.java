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

    private final int width;
    /** So that nobody can choose values that all meet in one slot. */
    private final long seed = new SplittableRandom().nextLong();

    private long[] values = new long[FIRST_VALUES];
    private long last;
    private int lastIndex = FULL;

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
        lastIndex = FULL;
    }

    @Override
    long memoryOfEntries() {
        return (long) values.length * Long.BYTES;
    }
}
