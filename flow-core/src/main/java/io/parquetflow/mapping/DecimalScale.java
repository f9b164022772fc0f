package io.parquetflow.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Decimals of one precision and scale as their unscaled values. Exactly, or not at all: money is never rounded.
 *
 * <p>Thread-safe: immutable.
 */
final class DecimalScale {
    private final int precision;
    private final int scale;
    private final int bytes;
    private final String path;

    DecimalScale(int precision, int scale, String path) {
        this.precision = precision;
        this.scale = scale;
        this.bytes = BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
        this.path = path;
    }

    /** Bytes that hold every unscaled value. */
    int bytes() {
        return bytes;
    }

    private BigDecimal scaled(BigDecimal value) {
        // before setting the scale, which would make a billion digits of 1E+1000000000
        if (value.signum() != 0 && value.precision() - (long) value.scale() > precision - scale) {
            throw new IllegalArgumentException("decimal too large: component=" + path + ", value=" + value
                    + ", precision=" + precision + ", scale=" + scale + "; widen it by @Decimal");
        }
        if (value.scale() == scale) {
            return value;
        }
        if (value.signum() == 0) {
            return BigDecimal.valueOf(0, scale);
        }
        // the same the other way: all digits are behind the last one there is, and 10^n would be made to see it
        if ((long) value.scale() - scale >= value.precision()) {
            throw tooFine(value, null);
        }
        try {
            return value.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw tooFine(value, e);
        }
    }

    private IllegalArgumentException tooFine(BigDecimal value, ArithmeticException cause) {
        return new IllegalArgumentException(
                "decimal too fine: component=" + path + ", value=" + value + ", scale=" + scale
                        + "; round it, or widen it by @Decimal",
                cause);
    }

    /** Of at most 18 digits. */
    long unscaled(BigDecimal value) {
        return scaled(value).unscaledValue().longValueExact();
    }

    /** Two's complement, big endian, of {@link #bytes} bytes. */
    byte[] unscaledBytes(BigDecimal value) {
        byte[] shortest = scaled(value).unscaledValue().toByteArray();
        byte[] all = new byte[bytes];
        Arrays.fill(all, (byte) (shortest[0] >> 7));
        System.arraycopy(shortest, 0, all, bytes - shortest.length, shortest.length);
        return all;
    }
}
