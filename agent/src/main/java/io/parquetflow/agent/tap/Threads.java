package io.parquetflow.agent.tap;

/**
 * Tells virtual threads, which this Java does not know yet, by their class.
 *
 * <p>Thread-safe: stateless.
 */
final class Threads {
    private Threads() {}

    static boolean isVirtual(Thread thread) {
        return thread.getClass().getName().startsWith("java.lang.VirtualThread")
                || thread.getClass().getName().startsWith("java.lang.ThreadBuilders$BoundVirtualThread");
    }
}
