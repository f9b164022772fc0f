package io.parquetflow.agent.launch;

/**
 * The one place where the launcher prints: there is no agent yet that could.
 *
 * <p>Thread-safe.
 */
final class StandardError {
    private StandardError() {}

    static void say(String line) {
        System.err.println("parquet-flow agent: " + line);
    }
}
