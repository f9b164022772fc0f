package io.parquetflow.agent.tap;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Keys {@code filter-local-port} and {@code filter-remote}.
 *
 * <p>Thread-safe: immutable.
 */
public final class Filter {
    private final int firstPort;
    private final int lastPort;
    private final Pattern remote; // null: any

    /**
     * Makes a filter.
     *
     * @param firstPort of the local ports that are taken
     * @param lastPort of them
     * @param remote address with {@code *}, with or without a port; null for any
     */
    public Filter(int firstPort, int lastPort, String remote) {
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.remote = remote == null
                ? null
                : Pattern.compile(
                        Pattern.quote(remote).replace("*", "\\E.*\\Q") + (remote.indexOf(':') >= 0 ? "" : "(:\\d+)?"));
    }

    boolean takesLocalPort(int port) {
        return port >= firstPort && port <= lastPort;
    }

    /** What has no address passes. */
    boolean takesRemote(byte[] address) {
        return remote == null
                || address == null
                || remote.matcher(new String(address, StandardCharsets.UTF_8)).matches();
    }
}
