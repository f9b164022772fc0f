package io.parquetflow.agent.tap;

/**
 * Takes what woven classes saw, on the application's thread.
 *
 * <p>Thread-safe.
 */
public interface Taker {
    /**
     * Something came by.
     *
     * @param point the place's number
     * @param self the object whose method was called, or null
     * @param payload the array, buffer or object that holds it
     * @param from where in it, by the place's kind
     * @param to where it ends
     * @param more what else the place knows, or null
     */
    void take(int point, Object self, Object payload, long from, long to, Object more);

    /**
     * Counts a failure.
     *
     * @param point the place's number
     * @param problem what was thrown
     */
    void failed(int point, Throwable problem);
}
