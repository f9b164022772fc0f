package io.parquetflow.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.column.Encoding;

/**
 * BYTE_ARRAY values out of a small set that the caller numbers, RLE_DICTIONARY: names of writers and streams. The
 * dictionary is made anew for each row group, in the order in which the values come.
 *
 * <p>Not thread-safe.
 */
public final class DictionaryValues extends ValueBuffer {
    private static final int ABSENT = -1;

    private final List<byte[]> entries = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private int[] indexOfNumber = new int[0];
    private int[] indices;
    private int count;
    private int entryBytes;
    private long pageByteArrayBytes;

    DictionaryValues(int expectedRows) {
        this.indices = new int[expectedRows];
    }

    /**
     * Adds a value to the open page.
     *
     * @param number the value's number, small and the same each time
     * @param value its bytes, the same each time, not to be changed afterwards
     */
    public void add(int number, byte[] value) {
        if (number >= indexOfNumber.length) {
            int length = indexOfNumber.length;
            indexOfNumber = Arrays.copyOf(indexOfNumber, Math.max(number + 1, 2 * length));
            Arrays.fill(indexOfNumber, length, indexOfNumber.length, ABSENT);
        }
        int index = indexOfNumber[number];
        if (index == ABSENT) {
            index = entries.size();
            indexOfNumber[number] = index;
            entries.add(value);
            entryBytes += value.length;
        }
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, count * 2);
        }
        indices[count++] = index;
        seen.set(index);
        pageByteArrayBytes += value.length;
    }

    /**
     * Bytes of the dictionary's entries.
     *
     * @return bytes, for whoever bounds it
     */
    public int entryBytes() {
        return entryBytes;
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int pageBytes() {
        return count * Integer.BYTES;
    }

    @Override
    Encoding encode(DirectBytes out) {
        int width = RleEncoder.widthOf(Math.max(0, entries.size() - 1));
        out.putByte(width);
        RleEncoder.encode(indices, count, width, out);
        return Encoding.RLE_DICTIONARY;
    }

    @Override
    void bounds(PageBounds found) {
        byte[] min = null;
        byte[] max = null;
        for (int i = seen.nextSetBit(0); i >= 0; i = seen.nextSetBit(i + 1)) {
            byte[] entry = entries.get(i);
            min = min == null || Arrays.compareUnsigned(entry, min) < 0 ? entry : min;
            max = max == null || Arrays.compareUnsigned(entry, max) > 0 ? entry : max;
        }
        if (min != null) {
            found.set(min, max);
        }
    }

    @Override
    long byteArrayBytes() {
        return pageByteArrayBytes;
    }

    @Override
    long memoryBytes() {
        return (long) indices.length * Integer.BYTES + entryBytes;
    }

    @Override
    void clearPage() {
        count = 0;
        pageByteArrayBytes = 0;
        seen.clear();
    }

    @Override
    void clearChunk() {
        entries.clear();
        entryBytes = 0;
        Arrays.fill(indexOfNumber, ABSENT);
    }

    @Override
    int dictionaryEntries() {
        return entries.size();
    }

    @Override
    void encodeDictionary(DirectBytes out) {
        for (byte[] entry : entries) {
            out.putInt(entry.length);
            out.put(entry, 0, entry.length);
        }
    }
}
