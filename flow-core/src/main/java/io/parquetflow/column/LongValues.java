package io.parquetflow.column;

import java.util.Arrays;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/**
 * INT64 values, DELTA_BINARY_PACKED: times and sequences.
 *
 * <p>Not thread-safe.
 */
public final class LongValues extends ValueBuffer {
    private final PrimitiveType type;
    private final DeltaEncoder encoder = new DeltaEncoder();
    private long[] values;
    private int count;

    LongValues(PrimitiveType type, int expectedRows) {
        this.type = type;
        this.values = new long[expectedRows];
    }

    /**
     * Adds a value to the open page.
     *
     * @param value the value
     */
    public void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int pageBytes() {
        return count * Long.BYTES;
    }

    @Override
    Encoding encode(DirectBytes out) {
        encoder.encode(values, count, out);
        return Encoding.DELTA_BINARY_PACKED;
    }

    @Override
    Statistics<?> statistics(int nulls) {
        LongStatistics statistics = (LongStatistics) Statistics.createStats(type);
        if (count > 0) {
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            statistics.setMinMax(min, max);
        }
        statistics.incrementNumNulls(nulls);
        return statistics;
    }

    @Override
    long byteArrayBytes() {
        return 0;
    }

    @Override
    long memoryBytes() {
        return (long) values.length * Long.BYTES;
    }

    @Override
    void clearPage() {
        count = 0;
    }
}
