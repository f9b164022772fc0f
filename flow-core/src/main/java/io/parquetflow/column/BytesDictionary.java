package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A dictionary of byte arrays, kept as the dictionary page has them: with their length in front, unless it is the same
 * for all.
 *
 * <p>Not thread-safe.
 */
final class BytesDictionary extends ValueDictionary {
    private static final int FIRST_VALUES = 128;
    private static final int FIRST_BYTES = 1 << 10;

    private final int lengthBytes;
    /** So that nobody can choose values that all meet in one slot. */
    private final long seed = new SplittableRandom().nextLong();

    private final DirectBytes entryBytes = new DirectBytes(FIRST_BYTES);
    private int[] hashes = new int[FIRST_VALUES];
    /** Where an entry begins, or its length; the last one is where the next goes. */
    private int[] begins = new int[FIRST_VALUES + 1];

    /** Of values of the same length, or of any. */
    BytesDictionary(boolean isFixed) {
        this.lengthBytes = isFixed ? 0 : Integer.BYTES;
    }

    /** The value's index, new or not; {@link #FULL} when there is no room for another. */
    int indexOf(ByteBuffer memory, int at, int length) {
        int hash = (int) XxHash64.of(memory, at, length, seed);
        int slot = slotOf(hash);
        for (int entry = inSlot(slot); entry != 0; entry = inSlot(slot)) {
            if (hashes[entry - 1] == hash && equals(entry - 1, memory, at, length)) {
                return entry - 1;
            }
            slot = slotBehind(slot);
        }
        return add(memory, at, length, hash, slot);
    }

    private boolean equals(int index, ByteBuffer memory, int at, int length) {
        int begin = begins[index] + lengthBytes;
        return begins[index + 1] - begin == length
                && ByteRanges.mismatch(entryBytes.memory(), begin, memory, at, length) == length;
    }

    private int add(ByteBuffer memory, int at, int length, int hash, int slot) {
        int entries = entries();
        if (entries == MOST_ENTRIES || (long) entryBytes.size() + lengthBytes + length > MOST_BYTES) {
            return FULL;
        }
        if (entries == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * entries);
            begins = Arrays.copyOf(begins, 2 * entries + 1);
        }
        if (lengthBytes > 0) {
            entryBytes.putInt(length);
        }
        entryBytes.put(memory, at, length);
        hashes[entries] = hash;
        begins[entries + 1] = entryBytes.size();
        return newEntry(slot);
    }

    @Override
    int hashOfEntry(int index) {
        return hashes[index];
    }

    @Override
    int bytes() {
        return entryBytes.size();
    }

    @Override
    void encode(DirectBytes out) {
        out.put(entryBytes.memory(), 0, entryBytes.size());
    }

    @Override
    void cutEntriesTo(int count) {
        entryBytes.cutTo(begins[count]);
    }

    @Override
    long memoryOfEntries() {
        return entryBytes.capacity() + (long) (hashes.length + begins.length) * Integer.BYTES;
    }
}
