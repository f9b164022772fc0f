package io.parquetflow.agent.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration keys of the agent that a sink does not have. Written as those of {@link io.parquetflow.spi.ConfigKey}
 * are: {@code filter-remote}, {@code -Dparquetflow.filter-remote}, {@code PARQUET_FLOW_FILTER_REMOTE}.
 *
 * <p>Thread-safe: immutable.
 */
public enum AgentKey {
    /** Levels of the process's input that are recorded. */
    TAPS("taps", "", "udp, tcp, netty, aeron, quickfixj, each with +out for what is sent as well"),
    /** Methods whose arguments are recorded. */
    CAPTURE("capture", "", "com.acme.Feed#onPacket(java.nio.ByteBuffer) as feed; several separated by ;"),
    /** Only channels bound to these. */
    FILTER_LOCAL_PORT("filter-local-port", "0-65535", "a port, or two with - between them"),
    /** Only what comes from, or goes to, these. */
    FILTER_REMOTE("filter-remote", "", "an address with * in it, with or without a port"),
    /** How many of the payloads are recorded. */
    SAMPLE("sample", "1/1", "1/1 to 1/1000000"),
    /** What is done about a pointcut that matched nothing after 30 s. */
    ON_MISSING("on-missing", "warn", "warn, ignore"),
    /** Whether the agent does anything at all. */
    ENABLED("enabled", "true", "true, false");

    private final String key;
    private final String fallback;
    private final String allowed;

    AgentKey(String key, String fallback, String allowed) {
        this.key = key;
        this.fallback = fallback;
        this.allowed = allowed;
    }

    /**
     * The key in files and arguments.
     *
     * @return kebab case
     */
    public String key() {
        return key;
    }

    /**
     * What counts when nothing is said.
     *
     * @return as text
     */
    public String fallback() {
        return fallback;
    }

    /**
     * What may be said.
     *
     * @return for people
     */
    public String allowed() {
        return allowed;
    }

    /**
     * The key as a system property.
     *
     * @return with its prefix
     */
    public String systemProperty() {
        return "parquetflow." + key;
    }

    /**
     * The key in the environment.
     *
     * @return in capitals
     */
    public String environmentVariable() {
        return "PARQUET_FLOW_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Finds a key.
     *
     * @param name in kebab or camel case
     * @return the key
     */
    public static Optional<AgentKey> named(String name) {
        return Arrays.stream(values())
                .filter(key -> key.key.equals(name) || key.key.replace("-", "").equalsIgnoreCase(name))
                .findFirst();
    }

    IllegalArgumentException invalid(String value) {
        return new IllegalArgumentException(
                "invalid configuration: key=" + key + ", value=" + value + "; allowed: " + allowed);
    }
}
