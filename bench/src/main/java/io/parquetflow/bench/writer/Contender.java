package io.parquetflow.bench.writer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One way to write the rows. {@link #write} is what is timed: from the batches in memory until the file is closed.
 *
 * <p>Not thread-safe: one thread calls it. What it starts itself is its own affair, and shows in the processor time.
 */
interface Contender {
    /** The first part of its figures' keys. */
    String name();

    /** What it does for each value and each page, so that nobody takes less work for more speed. */
    String work();

    /** Why it cannot do a task, or nothing. */
    default String unfit(Task task) {
        return "";
    }

    /** What is needed once, before anything is timed; {@code scratch} may be written and must be gone afterwards. */
    default void prepare(Batches batches, Path scratch) throws Exception {}

    /** Writes all batches to a file that is not there yet. */
    void write(Batches batches, Path file) throws Exception;

    /**
     * Fails unless the file holds what was to be written.
     *
     * @throws IllegalStateException if it does not
     */
    default void check(Batches batches, Path file) throws IOException {
        ReadBack.parquet(file).mustEqual(batches.contents(), name());
    }

    /** Further figures of the last run. */
    default Map<String, Long> extras() {
        return Map.of();
    }
}
