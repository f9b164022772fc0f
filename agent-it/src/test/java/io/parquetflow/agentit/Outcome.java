package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What an application said, and how it ended; {@code exit} is {@link Integer#MIN_VALUE} while it runs. */
record Outcome(int exit, String out, String err) {
    private static final String OURS = "parquet-flow";

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

    /** What is on standard error but for the agent's lines. */
    List<String> foreignErr() {
        return err.lines().filter(line -> !line.startsWith(OURS)).toList();
    }

    /** What the agent said. */
    List<String> ourErr() {
        return err.lines().filter(line -> line.startsWith(OURS)).toList();
    }

    /** Nothing on standard error but what the agent says. */
    Outcome quiet() {
        assertThat(foreignErr()).isEmpty();
        return this;
    }
}
