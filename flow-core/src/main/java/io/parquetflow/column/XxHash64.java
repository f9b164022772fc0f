package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * XXH64 as its specification has it: bloom filters are made of it with seed 0, and a dictionary's table uses it with a
 * seed of its own. Ours, because it hashes where the values lie, without an object for each of them.
 *
 * <p>Thread-safe: stateless.
 */
final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 4 * Long.BYTES;

    private XxHash64() {}

    /** Of four bytes, little endian, seed 0. */
    static long of(int value) {
        return avalanche(mixInt(PRIME_5 + Integer.BYTES, value));
    }

    /** Of eight bytes, little endian, seed 0. */
    static long of(long value) {
        return avalanche(mixLong(PRIME_5 + Long.BYTES, value));
    }

    /** Of {@code length} bytes of a little endian buffer. */
    static long of(ByteBuffer from, int at, int length, long seed) {
        int i = at;
        int end = at + length;
        long hash;
        if (length >= STRIPE) {
            hash = stripes(from, at, length, seed);
            i += length & -STRIPE;
        } else {
            hash = seed + PRIME_5;
        }
        hash += length;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = mixLong(hash, from.getLong(i));
        }
        if (i + Integer.BYTES <= end) {
            hash = mixInt(hash, from.getInt(i));
            i += Integer.BYTES;
        }
        for (; i < end; i++) {
            hash = Long.rotateLeft(hash ^ ((from.get(i) & 0xff) * PRIME_5), 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static long stripes(ByteBuffer from, int at, int length, long seed) {
        long a = seed + PRIME_1 + PRIME_2;
        long b = seed + PRIME_2;
        long c = seed;
        long d = seed - PRIME_1;
        int end = at + (length & -STRIPE);
        for (int i = at; i < end; i += STRIPE) {
            a = round(a, from.getLong(i));
            b = round(b, from.getLong(i + 8));
            c = round(c, from.getLong(i + 16));
            d = round(d, from.getLong(i + 24));
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        hash = merge(hash, a);
        hash = merge(hash, b);
        hash = merge(hash, c);
        return merge(hash, d);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long mixLong(long hash, long input) {
        return Long.rotateLeft(hash ^ round(0, input), 27) * PRIME_1 + PRIME_4;
    }

    private static long mixInt(long hash, int input) {
        return Long.rotateLeft(hash ^ ((input & 0xffffffffL) * PRIME_1), 23) * PRIME_2 + PRIME_3;
    }

    private static long avalanche(long hash) {
        long h = (hash ^ (hash >>> 33)) * PRIME_2;
        h = (h ^ (h >>> 29)) * PRIME_3;
        return h ^ (h >>> 32);
    }
}
