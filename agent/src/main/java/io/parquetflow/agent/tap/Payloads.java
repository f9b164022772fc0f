package io.parquetflow.agent.tap;

import io.parquetflow.Claim;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * Payloads that do not lie in one piece, or that the application's own code has to be asked for.
 *
 * <p>Thread-safe: stateless.
 */
final class Payloads {
    private Payloads() {}

    /** What a read scattered, or a write gathered, from where each buffer stood before. */
    static void gather(Claim row, int offset, int length, ByteBuffer[] from, int first, int[] positions) {
        int at = offset;
        int left = length;
        for (int i = 0; left > 0; i++) {
            ByteBuffer buffer = from[first + i];
            int some = Math.min(left, buffer.position() - positions[i]);
            row.putBytes(at, buffer, positions[i], some);
            at += some;
            left -= some;
        }
    }

    /** Asked for before room is claimed. */
    static CharSequence copy(CharSequence text) {
        char[] chars = new char[text.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(i);
        }
        return CharBuffer.wrap(chars);
    }
}
