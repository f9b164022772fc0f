package io.parquetflow.agent.control;

/**
 * The one place where the agent prints: the application's own logging is not the agent's to start.
 *
 * <p>Thread-safe.
 */
final class StandardError {
    private StandardError() {}

    static void say(String line) {
        System.err.println("parquet-flow agent: " + line);
    }
}
