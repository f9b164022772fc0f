package io.parquetflow.agent.launch;

/**
 * The one place where the launcher prints: to a person who started it, or when there is no agent that could.
 *
 * <p>Thread-safe.
 */
final class StandardError {
    private StandardError() {}

    static void say(String line) {
        System.err.println("parquet-flow agent: " + line);
    }

    /** What a command answered, on standard output. */
    static void print(String answer) {
        System.out.println(answer);
    }
}
