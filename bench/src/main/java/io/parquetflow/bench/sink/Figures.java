package io.parquetflow.bench.sink;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one run measured: a line {@code key=value} for each figure, printed at once, so that a run that dies has shown
 * what it had.
 *
 * <p>Not thread-safe.
 */
public final class Figures {
    private final PrintStream out;
    private final String prefix;
    private final Map<String, Double> values = new LinkedHashMap<>();

    /**
     * Starts empty.
     *
     * @param out where the lines go
     * @param name of the run, the first part of each key
     */
    public Figures(PrintStream out, String name) {
        this.out = out;
        this.prefix = name + ".";
    }

    void put(String key, long value) {
        put(key, (double) value, Long.toString(value));
    }

    void put(String key, double value) {
        put(key, value, String.format(Locale.ROOT, "%.4f", value));
    }

    private void put(String key, double value, String text) {
        values.put(prefix + key, value);
        out.println(prefix + key + "=" + text);
    }

    /** A line that is no figure. */
    void say(String line) {
        out.println("# " + line);
    }

    /**
     * Reads them back.
     *
     * @return by full key, in the order of printing
     */
    public Map<String, Double> values() {
        return Map.copyOf(values);
    }
}
