package io.parquetflow.spi;

import java.util.Map;

/**
 * Told what happens to a sink, on its writer thread: be quick, the ring fills meanwhile. What a listener throws is
 * counted and otherwise ignored; records that it hands to the same sink are refused as {@link DropCause#REENTRANT}.
 *
 * <p>It need not be thread-safe, unless it is given to more than one sink.
 */
public interface SinkListener {
    /**
     * A segment has its final name.
     *
     * @param segment the segment
     */
    default void sealed(SealedSegment segment) {}

    /**
     * Payloads were refused since the last call. Called at most once a second.
     *
     * @param cause why
     * @param count how many since the last call for this cause, over all streams
     */
    default void dropped(DropCause cause, long count) {}

    /**
     * Writing failed; the sink is {@code DEGRADED} and goes on trying. Called once per fault, not per attempt.
     *
     * @param cause what was thrown
     */
    default void failed(Throwable cause) {}

    /** Writing works again after {@link #failed}. */
    default void recovered() {}

    /**
     * Asked before each footer is written: what else it should say.
     *
     * @return keys and values; keys of ours, and keys that another listener gave, stay as they are
     */
    default Map<String, String> footerKeys() {
        return Map.of();
    }
}
