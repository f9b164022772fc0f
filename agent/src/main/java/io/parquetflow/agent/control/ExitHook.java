package io.parquetflow.agent.control;

/**
 * Seals what is open when the process ends.
 *
 * <p>Thread-safe.
 */
final class ExitHook {
    private static boolean registered;

    private ExitHook() {}

    static synchronized void register(Runnable seal) {
        if (registered) {
            return;
        }
        registered = true;
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(seal, "parquet-flow-agent-exit"));
        } catch (IllegalStateException e) {
            seal.run(); // the process ends already
        }
    }
}
