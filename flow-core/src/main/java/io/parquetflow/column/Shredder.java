package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * Takes rows that a producer laid out apart into columns.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public interface Shredder {
    /**
     * Shreds a row. After a Throwable the target has part of the row, and is to be reset.
     *
     * @param from memory, little endian, with a row in the shredder's form
     * @param at index of the row's first byte
     */
    void shred(ByteBuffer from, int at);
}
