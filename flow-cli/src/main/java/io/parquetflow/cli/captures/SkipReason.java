package io.parquetflow.cli.captures;

/**
 * Why a packet gave no payload. Every packet without a payload has exactly one reason.
 *
 * <p>Thread-safe: immutable.
 */
public enum SkipReason {
    /** {@code --udp-port} or {@code --host} asked for others. */
    FILTERED("filtered"),
    /** Neither IPv4 nor IPv6: ARP, LLDP, spanning tree and the like. */
    NOT_IP("notIp"),
    /** A piece of a fragmented IP packet, the first or a later one. Fragments are not put together. */
    FRAGMENT("fragments"),
    /** UDP or TCP without a payload: a TCP acknowledgement, an empty datagram. */
    EMPTY_PAYLOAD("emptyPayload"),
    /** IP, but neither UDP nor TCP: ICMP, IGMP, encrypted and the like. */
    OTHER_PROTOCOL("otherProtocol"),
    /** The capture's link type is none of those that are read. */
    UNSUPPORTED_LINK_TYPE("unsupportedLinkType"),
    /** The capture's snapshot length cut the packet off before its payload begins. */
    CUT_BEFORE_PAYLOAD("cutBeforePayload"),
    /** Its headers contradict each other, as no sender's do. */
    MALFORMED("malformed");

    private final String key;

    SkipReason(String key) {
        this.key = key;
    }

    /**
     * The name in summaries.
     *
     * @return the key, camelCase
     */
    public String key() {
        return key;
    }
}
