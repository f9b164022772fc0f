package io.parquetflow.spi;

/**
 * What a record has besides its payload.
 *
 * <p>Not thread-safe: the writer thread's, and good until the call that was given it returns.
 */
public interface RecordHeader {
    /**
     * The record's time.
     *
     * @return epoch nanoseconds
     */
    long tsNs();

    /**
     * Whether the caller gave a time of its own beside ours.
     *
     * @return true when {@link #sourceNs} means something
     */
    boolean hasSource();

    /**
     * The caller's other clock.
     *
     * @return nanoseconds
     */
    long sourceNs();

    /**
     * The record's stream.
     *
     * @return its name
     */
    String stream();
}
