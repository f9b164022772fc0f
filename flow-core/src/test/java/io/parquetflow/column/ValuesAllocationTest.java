package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.parquetflow.spi.ColumnEncoding;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Once its arrays have grown, a buffer allocates a few objects a page, and nothing a value. */
class ValuesAllocationTest {
    private static final int ROWS = 20_000;
    private static final int PAGES = 8;
    private static final int BYTES_A_VALUE = 16;

    private final PageBounds bounds = new PageBounds();
    private final DirectBytes out = new DirectBytes(1 << 20);

    static Stream<Arguments> typesAndEncodings() {
        List<Arguments> pairs = new ArrayList<>();
        for (PrimitiveTypeName name : PrimitiveTypeName.values()) {
            PrimitiveType type = name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                    ? ValueSamples.fixed(BYTES_A_VALUE)
                    : ValueSamples.type(name);
            for (ColumnEncoding encoding : EncodingRules.allowed(name)) {
                pairs.add(Arguments.of(type, encoding));
            }
        }
        return pairs.stream();
    }

    /** Numbers up to 1,000, so that every encoding is really used; byte arrays of them. */
    private static Runnable adding(ValueBuffer buffer) {
        Random random = new Random(1);
        int[] ints = random.ints(ROWS, 0, 1_000).toArray();
        if (buffer instanceof BooleanValues b) {
            boolean[] values = new boolean[ROWS];
            for (int i = 0; i < ROWS; i++) {
                values[i] = ints[i] < 100;
            }
            return () -> b.addAll(values, 0, ROWS);
        } else if (buffer instanceof IntValues b) {
            return () -> b.addAll(ints, 0, ROWS);
        } else if (buffer instanceof LongValues b) {
            long[] values = new long[ROWS];
            for (int i = 0; i < ROWS; i++) {
                values[i] = ints[i];
            }
            return () -> b.addAll(values, 0, ROWS);
        } else if (buffer instanceof FloatValues b) {
            float[] values = new float[ROWS];
            for (int i = 0; i < ROWS; i++) {
                values[i] = ints[i];
            }
            return () -> b.addAll(values, 0, ROWS);
        } else if (buffer instanceof DoubleValues b) {
            double[] values = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                values[i] = ints[i];
            }
            return () -> b.addAll(values, 0, ROWS);
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(ROWS * BYTES_A_VALUE);
        int[] offsets = new int[ROWS + 1];
        for (int i = 0; i < ROWS; i++) {
            bytes.putInt(i * BYTES_A_VALUE, ints[i]);
            offsets[i + 1] = (i + 1) * BYTES_A_VALUE;
        }
        return buffer instanceof BinaryValues b
                ? () -> b.addAll(bytes, offsets, 0, ROWS)
                : () -> ((FixedValues) buffer).addAll(bytes, 0, ROWS);
    }

    private void chunk(ValueBuffer buffer, Runnable add) {
        for (int page = 0; page < PAGES; page++) {
            add.run();
            out.clear();
            buffer.encode(out);
            buffer.bounds(bounds);
            buffer.clearPage();
        }
        out.clear();
        if (buffer.dictionaryEntries() > 0) {
            buffer.encodeDictionary(out);
        }
        buffer.clearChunk();
    }

    @ParameterizedTest
    @MethodSource("typesAndEncodings")
    void aChunkAllocatesNothingToSpeakOf(PrimitiveType type, ColumnEncoding encoding) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ValueBuffer buffer = ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
        Runnable add = adding(buffer);
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            chunk(buffer, add);
        }
        long memory = buffer.memoryBytes();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        chunk(buffer, add);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(after - before).isLessThan(PAGES * 300);
        assertThat(buffer.memoryBytes()).isEqualTo(memory);
    }
}
