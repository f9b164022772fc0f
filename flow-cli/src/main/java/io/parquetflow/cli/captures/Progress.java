package io.parquetflow.cli.captures;

/**
 * Told how far into a file the reader is, whenever it has fetched more of it.
 *
 * <p>Called on the thread that reads.
 */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (positionBytes, sizeBytes) -> {};

    /**
     * More of the file was fetched.
     *
     * @param positionBytes bytes fetched so far, as they are on disk (compressed, where the file is)
     * @param sizeBytes size of the file, {@link PayloadReader#UNKNOWN_SIZE} for a pipe
     */
    void fetched(long positionBytes, long sizeBytes);
}
