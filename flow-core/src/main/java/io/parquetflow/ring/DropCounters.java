package io.parquetflow.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The drops of one stream: seven causes and, in the eighth place, what {@code lost} counts (all causes but closed), in
 * one cache line of plain memory.
 *
 * <p>Written by producers, only when they are refused. Thread-safe.
 */
public final class DropCounters {
    /** Counters of one stream: a cache line. */
    static final int ROW_BYTES = 64;

    private static final int LOST_SLOT = 7;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;
    private final int at;

    DropCounters(ByteBuffer memory, int at) {
        this.memory = memory;
        this.at = at;
    }

    /**
     * Counts one refusal.
     *
     * @param slot the cause's slot, 0 to 6
     * @param lost whether it counts as lost data
     */
    public void count(int slot, boolean lost) {
        LONG.getAndAdd(memory, at + slot * Long.BYTES, 1L);
        if (lost) {
            LONG.getAndAdd(memory, at + LOST_SLOT * Long.BYTES, 1L);
        }
    }

    /**
     * Refusals of one cause.
     *
     * @param slot the cause's slot, 0 to 6
     * @return the count so far
     */
    public long dropped(int slot) {
        return (long) LONG.getAcquire(memory, at + slot * Long.BYTES);
    }

    /**
     * Refusals of all causes but closed.
     *
     * @return the count so far
     */
    public long lost() {
        return (long) LONG.getOpaque(memory, at + LOST_SLOT * Long.BYTES);
    }
}
