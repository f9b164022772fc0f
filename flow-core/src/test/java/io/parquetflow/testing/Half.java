package io.parquetflow.testing;

import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;

/**
 * What the two bytes of a FLOAT16 mean (IEEE 754 binary16, little-endian): the JDK can tell from release 20 on.
 *
 * <p>Thread-safe: has no state.
 */
final class Half {
    private static final int FRACTION_BITS = 10;
    private static final int LARGEST_EXPONENT = 31;
    private static final int BIAS = 15;

    private Half() {}

    /** Exactly: every half is a float. */
    static float toFloat(Binary half) {
        int bits = half.toByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getShort(half.toByteBuffer().position())
                & 0xffff;
        int fraction = bits & ((1 << FRACTION_BITS) - 1);
        int exponent = (bits >> FRACTION_BITS) & LARGEST_EXPONENT;
        float size;
        if (exponent == LARGEST_EXPONENT) {
            size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            size = Math.scalb((float) fraction, 1 - BIAS - FRACTION_BITS);
        } else {
            size = Math.scalb((float) (fraction | (1 << FRACTION_BITS)), exponent - BIAS - FRACTION_BITS);
        }
        return bits < 0x8000 ? size : -size;
    }
}
