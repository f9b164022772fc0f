package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * INT32 values.
 *
 * <p>Not thread-safe.
 */
public final class IntValues extends TypedValues<NumberDictionary> {
    private final DeltaEncoder deltas = new DeltaEncoder();
    private final ByteStreamSplit streams = new ByteStreamSplit();
    /** Turns the order of unsigned numbers into the order of signed ones. */
    private final int flip;

    private int[] values = new int[FIRST_VALUES];
    private int count;
    private int min;
    private int max;
    /** Values that the bounds are of. */
    private int bounded;

    IntValues(PrimitiveType type, ColumnOptions options) {
        super(type, options, numbers(type, options, Integer.BYTES));
        boolean isUnsigned = type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation i && !i.isSigned();
        this.flip = isUnsigned ? Integer.MIN_VALUE : 0;
    }

    /**
     * Adds a value to the open page.
     *
     * @param value the value
     */
    public void add(int value) {
        if (count == values.length) {
            makeRoom(1);
        }
        values[count++] = value;
    }

    /**
     * Adds values to the open page.
     *
     * @param from their array
     * @param at index of the first
     * @param n how many
     */
    public void addAll(int[] from, int at, int n) {
        makeRoom(n);
        System.arraycopy(from, at, values, count, n);
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
        return count * Integer.BYTES;
    }

    @Override
    void encodeAs(Encoding encoding, DirectBytes out) {
        switch (encoding) {
            case PLAIN -> out.putInts(values, count);
            case DELTA_BINARY_PACKED -> deltas.encode(values, count, out);
            case BYTE_STREAM_SPLIT -> streams.encode(values, count, out);
            default -> throw cannot(encoding);
        }
    }

    @Override
    boolean index(NumberDictionary into, int[] found, int from, int to) {
        findBounds();
        // Not for a sample: it may be hopeless, and the table would have been made for nothing.
        boolean isNear = flip == 0 && to == count && into.isNear(min, max, count);
        for (int i = from; i < to; i++) {
            int index = isNear ? into.indexOfNear(values[i]) : into.indexOf(values[i]);
            if (index == ValueDictionary.FULL) {
                return false;
            }
            found[i] = index;
        }
        return true;
    }

    @Override
    void addHashes(DistinctHashes to) {
        for (int i = 0; i < count; i++) {
            to.add(XxHash64.of(values[i]));
        }
    }

    @Override
    void bounds(PageBounds found) {
        if (count > 0) {
            findBounds();
            found.setInts(min ^ flip, max ^ flip);
        }
    }

    /** Of the open page, in signed order after {@link #flip}; once a page. */
    private void findBounds() {
        if (bounded == count) {
            return;
        }
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            int value = values[i] ^ flip;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        min = least;
        max = most;
        bounded = count;
    }

    @Override
    long byteArrayBytes() {
        return 0;
    }

    @Override
    long memoryOfPage() {
        return (long) values.length * Integer.BYTES;
    }

    @Override
    void clearPage() {
        count = 0;
        bounded = 0;
    }
}
