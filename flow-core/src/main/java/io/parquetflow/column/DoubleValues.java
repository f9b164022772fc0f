package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;

/**
 * DOUBLE values.
 *
 * <p>Not thread-safe.
 */
public final class DoubleValues extends TypedValues<NumberDictionary> {
    private final ByteStreamSplit streams = new ByteStreamSplit();
    private double[] values = new double[FIRST_VALUES];
    private int count;

    DoubleValues(PrimitiveType type, ColumnOptions options) {
        super(type, options, numbers(type, options, Double.BYTES));
    }

    /**
     * Adds a value to the open page.
     *
     * @param value the value
     */
    public void add(double value) {
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
    public void addAll(double[] from, int at, int n) {
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
        return count * Double.BYTES;
    }

    @Override
    void encodeAs(Encoding encoding, DirectBytes out) {
        switch (encoding) {
            case PLAIN -> out.putDoubles(values, count);
            case BYTE_STREAM_SPLIT -> streams.encode(values, count, out);
            default -> throw cannot(encoding);
        }
    }

    @Override
    boolean index(NumberDictionary into, int[] found, int from, int to) {
        for (int i = from; i < to; i++) {
            int index = into.indexOf(Double.doubleToRawLongBits(values[i]));
            if (index == ValueDictionary.FULL) {
                return false;
            }
            found[i] = index;
        }
        return true;
    }

    /** Both zeros where there is one: they are equal, and a reader may look for either. */
    @Override
    void addHashes(DistinctHashes to) {
        for (int i = 0; i < count; i++) {
            to.add(XxHash64.of(Double.doubleToRawLongBits(values[i])));
            if (values[i] == 0) {
                to.add(XxHash64.of(Double.doubleToRawLongBits(-values[i])));
            }
        }
    }

    /**
     * Without bounds where there is a NaN: some readers take it for the largest number, others for none, so that no
     * bounds are right for all. A zero bound is the one of both zeros that excludes neither.
     */
    @Override
    void bounds(PageBounds found) {
        found.setNans(0);
        if (count == 0) {
            return;
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long key = key(Double.doubleToRawLongBits(values[i]));
            least = Math.min(least, key);
            most = Math.max(most, key);
        }
        double min = Double.longBitsToDouble(key(least));
        double max = Double.longBitsToDouble(key(most));
        if (Double.isNaN(min) || Double.isNaN(max)) {
            found.setNans(nans());
        } else {
            found.setLongs(
                    Double.doubleToRawLongBits(min == 0 ? -0.0 : min),
                    Double.doubleToRawLongBits(max == 0 ? 0.0 : max));
        }
    }

    /**
     * Bits to a number that orders as the values do, and back: those of negative values are turned round. NaNs lie
     * beyond the infinities, so that they show at the ends.
     */
    private static long key(long bits) {
        return bits ^ ((bits >> 63) >>> 1);
    }

    private int nans() {
        int nans = 0;
        for (int i = 0; i < count; i++) {
            nans += Double.isNaN(values[i]) ? 1 : 0;
        }
        return nans;
    }

    @Override
    long byteArrayBytes() {
        return 0;
    }

    @Override
    long memoryOfPage() {
        return (long) values.length * Double.BYTES;
    }

    @Override
    void clearPage() {
        count = 0;
    }
}
