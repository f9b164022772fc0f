package io.parquetflow.bench.crash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of one record, all of which follow from who made it: a row that was read back can be checked to the last
 * byte without keeping what was handed over.
 *
 * <pre>
 * 0            4          8         16
 * +------------+----------+---------+------------------------------------
 * | generation | producer | counter | bytes of a generator seeded by these
 * +------------+----------+---------+------------------------------------
 * </pre>
 *
 * <p>Not thread-safe: a producer's, or the verifier's.
 */
final class Payload {
    static final int HEADER_BYTES = 16;

    /** Long ones are rare: they must cross pages and the ring's end, and the ring has room for few. */
    static final int MOST_BYTES = 32 << 10;

    private static final int SHORT_BYTES = 256;
    private static final int MEDIUM_BYTES = 2 << 10;
    private static final long LONG_ONE_IN = 512;
    private static final long MEDIUM_ONE_IN = 8;
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long seed;
    /** Room for a whole last word. */
    private final byte[] bytes = new byte[MOST_BYTES + Long.BYTES];

    Payload(long seed) {
        this.seed = seed;
    }

    /** The bytes of the last {@link #make}, from index 0. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Makes the bytes.
     *
     * @return how many
     */
    int make(int generation, int producer, long counter) {
        long state = mix(mix(mix(mix(seed) ^ generation) ^ producer) ^ counter);
        int length = length(mix(state));
        INT.set(bytes, 0, generation);
        INT.set(bytes, Integer.BYTES, producer);
        LONG.set(bytes, Long.BYTES, counter);
        for (int at = HEADER_BYTES; at < length; at += Long.BYTES) {
            state += GAMMA;
            LONG.set(bytes, at, mix(state));
        }
        return length;
    }

    private static int length(long random) {
        long kind = random >>> 48;
        int most = kind % LONG_ONE_IN == 0 ? MOST_BYTES : kind % MEDIUM_ONE_IN == 0 ? MEDIUM_BYTES : SHORT_BYTES;
        return HEADER_BYTES + (int) ((random & Integer.MAX_VALUE) % (most - HEADER_BYTES + 1));
    }

    static boolean hasHeader(byte[] read) {
        return read.length >= HEADER_BYTES;
    }

    static int generation(byte[] read) {
        return (int) INT.get(read, 0);
    }

    static int producer(byte[] read) {
        return (int) INT.get(read, Integer.BYTES);
    }

    static long counter(byte[] read) {
        return (long) LONG.get(read, Long.BYTES);
    }

    /** Whether these are the bytes that their own first sixteen say they are. */
    boolean isIntact(byte[] read) {
        if (!hasHeader(read)) {
            return false;
        }
        int length = make(generation(read), producer(read), counter(read));
        return length == read.length && Arrays.equals(bytes, 0, length, read, 0, length);
    }

    /** The finalizer of SplitMix64. */
    static long mix(long value) {
        long z = value + GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
