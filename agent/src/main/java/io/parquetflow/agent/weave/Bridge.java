package io.parquetflow.agent.weave;

import io.parquetflow.agent.boot.Dispatcher;
import io.parquetflow.agent.tap.Taker;

/**
 * Hands what woven classes saw over to the agent. Its superclass has another name once it is loaded, so nothing refers to
 * it: {@link BootClasses} makes it.
 *
 * <p>Thread-safe.
 */
public final class Bridge extends Dispatcher {
    private final Taker taker;

    /**
     * Called by reflection.
     *
     * @param taker the agent
     */
    public Bridge(Taker taker) {
        this.taker = taker;
    }

    @Override
    protected void take(int point, Object self, Object payload, long from, long to, Object more) {
        taker.take(point, self, payload, from, to, more);
    }

    @Override
    protected void failed(int point, Throwable problem) {
        taker.failed(point, problem);
    }
}
