package io.parquetflow.cli.captures;

import java.util.List;

/**
 * Which packets of a capture are wanted: by UDP port, by host, or both. Of each, one that matches is enough, and it may
 * be the source or the destination.
 *
 * <p>Thread-safe: immutable.
 */
public final class PacketFilter {
    /** Lets everything through. */
    public static final PacketFilter EVERYTHING = new PacketFilter(List.of(), List.of());

    private final List<PortRange> ports;
    private final List<HostPrefix> hosts;

    private PacketFilter(List<PortRange> ports, List<HostPrefix> hosts) {
        this.ports = ports;
        this.hosts = hosts;
    }

    /**
     * A filter from what a person wrote.
     *
     * @param udpPorts ports ({@code 16648}) and ranges ({@code 16000-16999}); any at all leaves only UDP. Empty for
     *     every port and protocol
     * @param hosts IPv4 and IPv6 addresses, with {@code /bits} for whole networks; names are refused. Empty for every
     *     host
     * @return the filter
     * @throws IllegalArgumentException with the value and the way out, where one of them cannot be read
     */
    public static PacketFilter of(List<String> udpPorts, List<String> hosts) {
        return new PacketFilter(
                udpPorts.stream().map(PortRange::parse).toList(),
                hosts.stream().map(HostPrefix::parse).toList());
    }

    boolean isEverything() {
        return ports.isEmpty() && hosts.isEmpty();
    }

    boolean udpOnly() {
        return !ports.isEmpty();
    }

    boolean udpPorts(int source, int destination) {
        for (PortRange range : ports) {
            if (range.contains(source) || range.contains(destination)) {
                return true;
            }
        }
        return ports.isEmpty();
    }

    /** Whether one of the two addresses, each of {@code length} bytes, is wanted. */
    boolean hosts(byte[] bytes, int source, int destination, int length) {
        for (HostPrefix host : hosts) {
            if (host.matches(bytes, source, length) || host.matches(bytes, destination, length)) {
                return true;
            }
        }
        return hosts.isEmpty();
    }
}
