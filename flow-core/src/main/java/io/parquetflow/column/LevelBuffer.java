package io.parquetflow.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The definition or the repetition levels of the open page, and how often each level came. One byte a level: schemas
 * nest to {@link SchemaRules#MOST_NESTING}, which no byte is too small for.
 *
 * <p>Not thread-safe.
 */
public final class LevelBuffer {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long SEVENS = 0x7f7f7f7f7f7f7f7fL;

    private final int max;
    private byte[] levels = new byte[1024];
    private int count;

    LevelBuffer(int max) {
        this.max = max;
    }

    /**
     * Adds one entry.
     *
     * @param level 0 to the column's largest level
     */
    public void add(int level) {
        if (count == levels.length) {
            grow(count + 1);
        }
        levels[count++] = (byte) level;
    }

    /** Adds so many entries of one level. */
    void add(int level, int entries) {
        grow(count + entries);
        Arrays.fill(levels, count, count + entries, (byte) level);
        count += entries;
    }

    void addAll(byte[] from, int at, int length) {
        grow(count + length);
        System.arraycopy(from, at, levels, count, length);
        count += length;
    }

    private void grow(int needed) {
        if (needed > levels.length) {
            levels = Arrays.copyOf(levels, Math.max(needed, 2 * levels.length));
        }
    }

    /**
     * How many of a piece of levels are one level; eight at a time.
     *
     * @param levels 0 to 127
     * @param from index of the first
     * @param to index behind the last
     * @param level the level to count
     * @return a count
     */
    static int countOf(byte[] levels, int from, int to, int level) {
        int others = 0;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long difference = (long) WORD.get(levels, i) ^ (ONES * level);
            // The top bit of each byte that is not zero; levels are below 128, so nothing carries into the next.
            others += Long.bitCount((difference + SEVENS) & ~SEVENS);
        }
        for (; i < to; i++) {
            others += levels[i] == level ? 0 : 1;
        }
        return to - from - others;
    }

    /** Adds how often each level from 0 to the largest came in the open page. */
    void addHistogram(LongList to) {
        for (int level = 0; level <= max; level++) {
            to.add(countOf(levels, 0, count, level));
        }
    }

    long memoryBytes() {
        return levels.length;
    }

    int max() {
        return max;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** The runs alone, as data page V2 wants them; it has their length in its header. */
    void encode(DirectBytes out) {
        ByteRuns.encode(levels, count, RleEncoder.widthOf(max), out);
    }

    /** As data page V1 wants them: four bytes of length, then the runs. */
    void encodeWithLength(DirectBytes out) {
        ByteRuns.encodeWithLength(levels, count, RleEncoder.widthOf(max), out);
    }
}
