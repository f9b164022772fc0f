package io.parquetflow.column;

import java.util.Arrays;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;

/**
 * The different hashes of a chunk's values, so that its bloom filter is as large as they need and no larger: a filter
 * has its size before the first value goes in. Beyond {@link #MOST_DISTINCT} the filter is made for that many, and takes
 * the rest as they come.
 *
 * <p>Not thread-safe.
 */
final class DistinctHashes {
    /** The set takes 16 MiB then, and the filter 2 MiB. */
    static final int MOST_DISTINCT = 1 << 20;

    private static final double FALSE_POSITIVES = 0.01;
    private static final int FIRST_SLOTS = 256;

    /** Zero is an empty slot; the hash 0 is kept apart. */
    private long[] slots = new long[FIRST_SLOTS];

    private int size;
    private boolean hasZero;
    private long last;
    private BlockSplitBloomFilter filter;
    private boolean overflown;

    void add(long hash) {
        if (overflown) {
            filter.insertHash(hash);
        } else if (hash == 0) {
            hasZero = true;
        } else if (hash != last) {
            last = hash;
            insert(hash);
        }
    }

    private void insert(long hash) {
        int mask = slots.length - 1;
        // The hash is well mixed: its low bits are as good as any.
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = hash;
        filter = null;
        if (++size >= MOST_DISTINCT) {
            filter = build();
            overflown = true;
        } else if (size > slots.length / 2) {
            grow();
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        int mask = slots.length - 1;
        for (long hash : old) {
            if (hash != 0) {
                int slot = (int) hash & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = hash;
            }
        }
    }

    /** Of everything added since {@link #clear}. */
    BloomFilter filter() {
        if (filter == null) {
            filter = build();
        }
        return filter;
    }

    private BlockSplitBloomFilter build() {
        int bits = BlockSplitBloomFilter.optimalNumOfBits(size + (hasZero ? 1 : 0), FALSE_POSITIVES);
        BlockSplitBloomFilter built = new BlockSplitBloomFilter(bits / Byte.SIZE);
        for (long hash : slots) {
            if (hash != 0) {
                built.insertHash(hash);
            }
        }
        if (hasZero) {
            built.insertHash(0);
        }
        return built;
    }

    long memoryBytes() {
        return (long) slots.length * Long.BYTES + (filter == null ? 0 : filter.getBitsetSize());
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(slots, 0);
        }
        size = 0;
        hasZero = false;
        last = 0;
        filter = null;
        overflown = false;
    }
}
