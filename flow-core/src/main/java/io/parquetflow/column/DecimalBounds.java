package io.parquetflow.column;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Whether a decimal's unscaled value, in two's complement, big endian, has no more digits than its precision. Without
 * objects: producers ask it for every value.
 *
 * <p>Thread-safe: immutable.
 */
final class DecimalBounds {
    /** The largest power of ten that a long holds. */
    private static final int LONG_DIGITS = 18;

    private final long mostLong;
    private final byte[] most;
    private final byte[] least;

    DecimalBounds(int precision) {
        BigInteger nines = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        this.mostLong = precision <= LONG_DIGITS ? nines.longValueExact() : Long.MAX_VALUE;
        this.most = nines.toByteArray();
        this.least = nines.negate().toByteArray();
    }

    /** The largest unscaled value of a precision that fits a long. */
    static long most(int precision) {
        return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).longValueExact();
    }

    boolean holds(ByteBuffer bytes, int at, int length) {
        if (length == 0) {
            return false; // no number has no bytes
        }
        if (length <= Long.BYTES) {
            long value = bytes.get(at);
            for (int i = 1; i < length; i++) {
                value = value << 8 | (bytes.get(at + i) & 0xff);
            }
            return mostLong == Long.MAX_VALUE || (value <= mostLong && value >= -mostLong);
        }
        return compare(bytes, at, length, most) <= 0 && compare(bytes, at, length, least) >= 0;
    }

    /** Signed, of any two lengths: the shorter is as if its sign were repeated in front of it. */
    private static int compare(ByteBuffer bytes, int at, int length, byte[] bound) {
        int width = Math.max(length, bound.length);
        int missing = width - length;
        int missingInBound = width - bound.length;
        for (int i = 0; i < width; i++) {
            int a = i < missing ? bytes.get(at) >> 7 : bytes.get(at + i - missing);
            int b = i < missingInBound ? bound[0] >> 7 : bound[i - missingInBound];
            if (a != b) {
                return i == 0 ? Integer.compare(a, b) : Integer.compare(a & 0xff, b & 0xff);
            }
        }
        return 0;
    }
}
