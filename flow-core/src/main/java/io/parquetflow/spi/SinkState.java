package io.parquetflow.spi;

/** How a sink is. */
public enum SinkState {
    /** Taking and writing. */
    RUNNING,
    /** Taking while there is room, trying to write again; resumes by itself. */
    DEGRADED,
    /** Closed, or closing. */
    CLOSED,
    /** The writer thread is gone for good; nothing is taken any more. */
    FAILED
}
