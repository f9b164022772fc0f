package io.parquetflow;

/**
 * What JMX shows of a sink, as {@code io.parquetflow:type=LogSink,name=<sink>}; a second sink of the same name has its
 * writer's name behind a comma. The numbers are those of {@link SinkStats}.
 *
 * <p>Thread-safe.
 */
public interface LogSinkMXBean {
    /**
     * How the sink is.
     *
     * @return {@code RUNNING}, {@code DEGRADED}, {@code CLOSED} or {@code FAILED}
     */
    String getState();

    /**
     * Payloads taken.
     *
     * @return a count
     */
    long getAccepted();

    /**
     * Payloads refused.
     *
     * @return a count
     */
    long getDropped();

    /**
     * Payloads refused, by cause.
     *
     * @return counts by the cause's key
     */
    java.util.Map<String, Long> getDroppedByCause();

    /**
     * Rows in sealed segments.
     *
     * @return a count
     */
    long getRowsSealed();

    /**
     * Accepted records that are in no file and never will be.
     *
     * @return a count
     */
    long getAbandoned();

    /**
     * Length of all sealed segments.
     *
     * @return bytes
     */
    long getBytesWritten();

    /**
     * Records that a decoder could not make rows of.
     *
     * @return a count
     */
    long getRejected();

    /**
     * Segments sealed.
     *
     * @return a count
     */
    long getSegmentsSealed();

    /**
     * Claimed and not yet given back.
     *
     * @return bytes of the ring
     */
    long getRingUsedBytes();

    /**
     * The ring at its fullest.
     *
     * @return bytes of the ring
     */
    long getRingHighWaterBytes();

    /**
     * Message of the last fault.
     *
     * @return empty when there was none
     */
    String getLastError();

    /**
     * Whether accepted records survive the death of the process.
     *
     * @return see {@link SinkStats#crashSafeReason}
     */
    boolean isCrashSafe();

    /**
     * Why they would not.
     *
     * @return empty when they would
     */
    String getCrashSafeReason();

    /**
     * Journaled and not yet in columns.
     *
     * @return bytes
     */
    long getBacklogBytes();

    /**
     * Records of dead writers that this opening recovered.
     *
     * @return a count
     */
    long getRecovered();

    /** Seals the open segment soon. */
    void rotate();
}
