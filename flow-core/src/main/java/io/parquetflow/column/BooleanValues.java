package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;

/**
 * BOOLEAN values, a byte each until they are encoded.
 *
 * <p>Not thread-safe.
 */
public final class BooleanValues extends TypedValues<NumberDictionary> {
    private byte[] values = new byte[FIRST_VALUES];
    private int count;

    BooleanValues(PrimitiveType type, ColumnOptions options) {
        super(type, options, null);
    }

    /**
     * Adds a value to the open page.
     *
     * @param value the value
     */
    public void add(boolean value) {
        if (count == values.length) {
            makeRoom(1);
        }
        values[count++] = (byte) (value ? 1 : 0);
    }

    /**
     * Adds values to the open page.
     *
     * @param from their array
     * @param at index of the first
     * @param n how many
     */
    public void addAll(boolean[] from, int at, int n) {
        makeRoom(n);
        for (int i = 0; i < n; i++) {
            values[count + i] = (byte) (from[at + i] ? 1 : 0);
        }
        count += n;
    }

    private void makeRoom(int n) {
        if (count + n > values.length) {
            values = Arrays.copyOf(values, grown(values.length, count + n));
        }
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int pageBytes() {
        return (count + Byte.SIZE - 1) / Byte.SIZE;
    }

    @Override
    void encodeAs(Encoding encoding, DirectBytes out) {
        switch (encoding) {
            case PLAIN -> ByteRuns.pack(values, 0, count, 1, out);
            case RLE -> ByteRuns.encodeWithLength(values, count, 1, out);
            default -> throw cannot(encoding);
        }
    }

    @Override
    boolean index(NumberDictionary into, int[] found, int from, int to) {
        throw cannot(Encoding.RLE_DICTIONARY);
    }

    @Override
    void addHashes(DistinctHashes to) {
        throw new IllegalStateException("no bloom filter: column=" + type.getName() + ", type=BOOLEAN");
    }

    @Override
    void bounds(PageBounds found) {
        if (count > 0) {
            int trues = 0;
            for (int i = 0; i < count; i++) {
                trues += values[i];
            }
            found.setBooleans(trues == count, trues > 0);
        }
    }

    @Override
    long byteArrayBytes() {
        return 0;
    }

    @Override
    long memoryOfPage() {
        return values.length;
    }

    @Override
    void clearPage() {
        count = 0;
    }
}
