package io.parquetflow.column;

import java.util.Arrays;

/**
 * The definition levels of one page of a column without nested groups: 1 where there is a value, 0 where there is none.
 *
 * <p>Not thread-safe.
 */
public final class LevelBuffer {
    private final int max;
    private int[] levels = new int[1024];
    private int count;
    private int nulls;

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
            levels = Arrays.copyOf(levels, count * 2);
        }
        levels[count++] = level;
        if (level < max) {
            nulls++;
        }
    }

    long memoryBytes() {
        return (long) levels.length * Integer.BYTES;
    }

    int count() {
        return count;
    }

    int nulls() {
        return nulls;
    }

    void clear() {
        count = 0;
        nulls = 0;
    }

    /** As data page V1 wants it: four bytes of length, then the runs. */
    void encode(DirectBytes out) {
        int lengthAt = out.size();
        out.putInt(0);
        RleEncoder.encode(levels, count, RleEncoder.widthOf(max), out);
        out.memory().putInt(lengthAt, out.size() - lengthAt - Integer.BYTES);
    }
}
