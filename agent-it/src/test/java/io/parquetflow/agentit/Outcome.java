package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application said, and how it ended; {@code exit} is {@link Integer#MIN_VALUE} while it runs. */
record Outcome(int exit, String out, String err) {
    String value(String key) {
        return out.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("does not say " + key + ": " + this));
    }

    long number(String key) {
        return Long.parseLong(value(key));
    }

    /** What it counted under a name. */
    Count count(String name) {
        return new Count(number(name + ".messages"), number(name + ".bytes"), value(name + ".sha256"));
    }

    /** Nothing on standard error, which belongs to the application. */
    Outcome quiet() {
        assertThat(err).isEmpty();
        return this;
    }
}
