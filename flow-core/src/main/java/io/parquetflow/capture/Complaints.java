package io.parquetflow.capture;

import io.parquetflow.spi.Diagnostics;

/**
 * Says what went wrong at most once a minute, with the number of times it was not said.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Complaints {
    private static final long INTERVAL_NS = 60_000_000_000L;

    private final Diagnostics diagnostics;
    private final String prefix;
    private long lastNs;
    private boolean said;
    private long unsaid;

    Complaints(Diagnostics diagnostics, String sink) {
        this.diagnostics = diagnostics;
        this.prefix = "sink " + sink + ": ";
    }

    /** True when the line was said. */
    boolean complain(Diagnostics.Level level, String line, Throwable cause) {
        long now = System.nanoTime();
        if (said && now - lastNs < INTERVAL_NS) {
            unsaid++;
            return false;
        }
        said = true;
        lastNs = now;
        String more = unsaid == 0 ? "" : " (and " + unsaid + " more since the last line)";
        unsaid = 0;
        say(level, line + more, cause);
        return true;
    }

    /** Regardless of when the last line was; for what happens once. */
    void say(Diagnostics.Level level, String line, Throwable cause) {
        try {
            diagnostics.say(level, prefix + line, cause);
        } catch (Throwable t) {
            return; // a logger's failure is not ours to die of
        }
    }
}
