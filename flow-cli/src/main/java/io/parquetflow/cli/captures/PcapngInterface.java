package io.parquetflow.cli.captures;

/**
 * What an Interface Description Block says that matters for its packets, above all how its clock counts.
 *
 * @param linkType of its packets
 * @param bound the longest captured length that is believed
 * @param snapLength what a Simple Packet Block is cut to, 0 for not at all
 * @param resolution {@code if_tsresol}: n for 10^-n s, 0x80 | n for 2^-n s
 * @param offsetSeconds {@code if_tsoffset}: to add to every time
 */
record PcapngInterface(int linkType, int bound, long snapLength, int resolution, long offsetSeconds) {
    /** Microseconds, where {@code if_tsresol} is absent. */
    private static final int DEFAULT_RESOLUTION = 6;

    private static final int FIXED_BYTES = 8;
    private static final int OPTION_HEADER_BYTES = 4;
    private static final int OPTION_END = 0;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;

    private static final long NS_PER_S = 1_000_000_000L;
    private static final int NANO = 9;
    /** The largest power of ten in a long. */
    private static final int MAX_POWER = 18;

    /** Reads the body of the block, which is at least 8 bytes. Options that run past its end are as if not there. */
    static PcapngInterface parse(byte[] bytes, int from, int end, boolean littleEndian) {
        int resolution = DEFAULT_RESOLUTION;
        long offsetSeconds = 0;
        int at = from + FIXED_BYTES;
        while (at + OPTION_HEADER_BYTES <= end) {
            int code = Bytes.u16(bytes, at, littleEndian);
            int length = Bytes.u16(bytes, at + 2, littleEndian);
            int value = at + OPTION_HEADER_BYTES;
            if (code == OPTION_END || value + length > end) {
                break;
            }
            if (code == OPTION_RESOLUTION && length == 1) {
                resolution = Bytes.u8(bytes, value);
            } else if (code == OPTION_OFFSET && length == Long.BYTES) {
                offsetSeconds = Bytes.i64(bytes, value, littleEndian);
            }
            at = value + ((length + 3) & ~3);
        }
        long snapLength = Bytes.u32(bytes, from + 4, littleEndian);
        int linkType = Bytes.u16(bytes, from, littleEndian);
        return new PcapngInterface(linkType, PacketReader.bound(snapLength), snapLength, resolution, offsetSeconds);
    }

    /**
     * A block's timestamp as ns since the epoch.
     *
     * @param ticks unsigned
     * @return the time, or {@link PayloadReader#NO_TIME} where it is before 1970 or after 2262
     */
    long timeNs(long ticks) {
        try {
            int power = resolution & 0x7f;
            long ns = (resolution & 0x80) != 0 ? binary(ticks, power) : decimal(ticks, power);
            long shifted = Math.addExact(ns, Math.multiplyExact(offsetSeconds, NS_PER_S));
            return shifted < 0 ? PayloadReader.NO_TIME : shifted;
        } catch (ArithmeticException outsideOfLong) {
            return PayloadReader.NO_TIME;
        }
    }

    private static long decimal(long ticks, int power) {
        if (power > NANO) {
            return power - NANO > MAX_POWER ? 0 : Long.divideUnsigned(ticks, tenTo(power - NANO));
        }
        if (ticks < 0) {
            throw new ArithmeticException("beyond 2^63");
        }
        return Math.multiplyExact(ticks, tenTo(NANO - power));
    }

    private static long binary(long ticks, int power) {
        // What is finer than 2^-63 s is far below a nanosecond.
        int bits = Math.min(power, 63);
        long units = power - bits > 63 ? 0 : ticks >>> (power - bits);
        if (bits == 0) {
            return decimal(units, 0);
        }
        long fraction = units & (-1L >>> (64 - bits));
        long high = Math.multiplyHigh(fraction, NS_PER_S);
        long fractionNs = high << (64 - bits) | (fraction * NS_PER_S) >>> bits;
        return Math.addExact(decimal(units >>> bits, 0), fractionNs);
    }

    private static long tenTo(int power) {
        long result = 1;
        for (int i = 0; i < power; i++) {
            result *= 10;
        }
        return result;
    }
}
