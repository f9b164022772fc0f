package io.parquetflow.ring;

import java.security.SecureRandom;

/**
 * The commit word of a record: its position mixed with this writer's secret nonce, top bit set. A marker of an earlier
 * lap, of another writer, or a payload that imitates one differs from the one that only this position can have, but for
 * a chance of one in 2^63.
 *
 * <p>Thread-safe: immutable.
 */
final class Marker {
    private static final long TOP_BIT = 1L << 63;

    private final long nonce;

    Marker(long nonce) {
        this.nonce = nonce;
    }

    static Marker random() {
        return new Marker(randomNonce());
    }

    static long randomNonce() {
        return new SecureRandom().nextLong();
    }

    long at(long position) {
        // The finalizer of SplitMix64: every bit of position and nonce reaches every bit of the marker.
        long z = position + nonce;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (z ^ (z >>> 31)) | TOP_BIT;
    }
}
