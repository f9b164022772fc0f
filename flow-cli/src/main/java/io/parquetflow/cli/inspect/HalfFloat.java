package io.parquetflow.cli.inspect;

/**
 * FLOAT16: the IEEE 754 binary16 form, little endian (Parquet format, "FLOAT16").
 *
 * <p>Thread-safe: stateless.
 */
final class HalfFloat {
    /** Of a value. */
    static final int BYTES = 2;

    private static final int FRACTION_BITS = 10;
    private static final int FRACTION_MASK = (1 << FRACTION_BITS) - 1;
    private static final int LARGEST_EXPONENT = 31;
    private static final int BIAS = 15;

    private HalfFloat() {}

    /** The same number, NaN for NaN. */
    static float toFloat(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("not a FLOAT16: length=" + value.length);
        }
        int bits = (value[1] & 0xff) << 8 | (value[0] & 0xff);
        int exponent = bits >> FRACTION_BITS & LARGEST_EXPONENT;
        int fraction = bits & FRACTION_MASK;
        float magnitude;
        if (exponent == LARGEST_EXPONENT) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) fraction, 1 - BIAS - FRACTION_BITS);
        } else {
            magnitude = Math.scalb((float) (fraction | 1 << FRACTION_BITS), exponent - BIAS - FRACTION_BITS);
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
