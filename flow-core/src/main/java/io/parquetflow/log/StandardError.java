package io.parquetflow.log;

/**
 * The one place of the library that prints: that events are lost must be seen where no file can be written and no status is
 * read. A line a minute at the most.
 *
 * <p>Thread-safe.
 */
final class StandardError {
    private StandardError() {}

    static void say(String line) {
        System.err.println("parquet-flow: " + line);
    }
}
