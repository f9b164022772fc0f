package io.parquetflow.spi;

/**
 * Why a payload was refused. Every refusal has exactly one cause, and every cause has its own counter, per stream.
 *
 * <p>Thread-safe: immutable.
 */
public enum DropCause {
    /** No room in the ring. */
    RING_FULL("ringFull", 0),
    /** What room there was is kept for more important records. */
    RESERVED("reserved", 1),
    /** Longer than {@code max-payload}. */
    OVERSIZE("oversize", 2),
    /** The sink is closed, or closing. Not part of {@code lost}: it is the caller who went on. */
    CLOSED("closed", 3),
    /** The writer thread is gone for good. */
    WRITER_FAILED("writerFailed", 4),
    /** The writer thread itself tried to record, by way of a library that logs. */
    REENTRANT("reentrant", 5),
    /** The caller was ready to wait for room, and none came in time. */
    TIMED_OUT("timedOut", 6);

    private static final DropCause[] ALL = values();

    private final String key;
    private final int slot;

    DropCause(String key, int slot) {
        this.key = key;
        this.slot = slot;
    }

    /**
     * The name in footers ({@code flow.dropped_total.<key>}), statistics and JMX.
     *
     * @return the key, camelCase
     */
    public String key() {
        return key;
    }

    /**
     * The place of this cause's counter among a stream's counters. Never changes: a slab outlives the release that
     * wrote it.
     *
     * @return 0 to 6
     */
    public int slot() {
        return slot;
    }

    /**
     * What {@code offer} answers for this cause.
     *
     * @return a negative number: -1 for {@link #RING_FULL}, and so on in the order of declaration
     */
    public long code() {
        return -1L - slot;
    }

    /**
     * The cause behind a negative answer of {@code offer}.
     *
     * @param code the answer, -1 to -7
     * @return the cause
     * @throws IllegalArgumentException when no cause has this code
     */
    public static DropCause ofCode(long code) {
        if (code >= 0 || code < -ALL.length) {
            throw new IllegalArgumentException("no drop cause has this code: code=" + code);
        }
        return ALL[(int) (-1L - code)];
    }
}
