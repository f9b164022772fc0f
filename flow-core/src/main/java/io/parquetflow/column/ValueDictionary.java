package io.parquetflow.column;

import java.util.Arrays;

/**
 * The different values of a column chunk in the order in which they came, each with its index. Made anew for each chunk.
 *
 * <p>Not thread-safe.
 */
abstract sealed class ValueDictionary permits NumberDictionary, BytesDictionary {
    /** An index takes 16 bits at most, and the table stays in a level-two cache. */
    static final int MOST_ENTRIES = 1 << 16;
    /** Readers keep a dictionary in memory as long as the chunk. */
    static final int MOST_BYTES = 1 << 20;

    /** What an index is where the dictionary is full. */
    static final int FULL = -1;

    private static final int FIRST_SLOTS = 256;

    /** Index + 1 of the entry whose hash leads here; 0 for none. A power of two, half of them empty. */
    private int[] slots = new int[FIRST_SLOTS];

    private int entries;

    /** Entries so far. */
    final int entries() {
        return entries;
    }

    /** Of the entries, PLAIN. */
    abstract int bytes();

    /** Appends the entries, PLAIN. */
    abstract void encode(DirectBytes out);

    /** Well mixed in its lowest bits. */
    abstract int hashOfEntry(int index);

    /** Forgets the entries behind the first so many, their bytes. */
    abstract void cutEntriesTo(int count);

    abstract long memoryOfEntries();

    final int slotOf(int hash) {
        return hash & (slots.length - 1);
    }

    final int slotBehind(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    /** Index + 1, or 0. */
    final int inSlot(int slot) {
        return slots[slot];
    }

    /** The next index, for a value that has been looked for and was not found before this slot. */
    final int newEntry(int slot) {
        slots[slot] = ++entries;
        int index = entries - 1;
        if (entries > slots.length / 2) {
            grow();
        }
        return index;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int index = 0; index < entries; index++) {
            int slot = slotOf(hashOfEntry(index));
            while (slots[slot] != 0) {
                slot = slotBehind(slot);
            }
            slots[slot] = index + 1;
        }
    }

    /** Back to the first so many entries. After it nothing may be looked up until {@link #clear}. */
    final void cutTo(int count) {
        cutEntriesTo(count);
        entries = count;
    }

    final void clear() {
        cutTo(0);
        Arrays.fill(slots, 0);
    }

    final long memoryBytes() {
        return (long) slots.length * Integer.BYTES + memoryOfEntries();
    }
}
