package io.parquetflow.log;

import io.parquetflow.spi.Diagnostics;

/**
 * A framework's status may throw, or log to the appender that has something to say; neither gets any further.
 *
 * <p>Thread-safe, as what it wraps is.
 */
final class CalmStatus implements Diagnostics {
    private final Diagnostics status;
    private final ThreadLocal<Boolean> talking = new ThreadLocal<>();

    CalmStatus(Diagnostics status) {
        this.status = status;
    }

    @Override
    public void say(Level level, String line, Throwable cause) {
        if (talking.get() != null) {
            return;
        }
        talking.set(Boolean.TRUE);
        try {
            status.say(level, line, cause);
        } catch (Throwable e) {
            return; // it was worth a try
        } finally {
            talking.remove();
        }
    }
}
