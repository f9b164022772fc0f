package io.parquetflow.agent.tap;

import java.net.InetSocketAddress;

/**
 * A channel, socket or connection of the application, as rows tell of it.
 *
 * <p>Thread-safe: a peer that another thread replaces is made again.
 */
final class Endpoint {
    /** A feed has a few sources. */
    private static final int PEERS = 64;

    private final long id;
    private final InetSocketAddress datagrams;
    private final byte[] local;
    private final boolean isLeftOut;
    private final Filter filter;
    private final Peer connected;
    private final Peer[] peers;

    /**
     * Makes one.
     *
     * @param datagrams where it is bound, when it is a socket for datagrams; else null
     */
    Endpoint(long id, Object datagrams, byte[] local, boolean isLeftOut, Object remote, Filter filter) {
        this.id = id;
        this.datagrams = datagrams instanceof InetSocketAddress inet ? inet : null;
        this.local = local;
        this.isLeftOut = isLeftOut;
        this.filter = filter;
        this.connected = peer(remote);
        this.peers = new Peer[PEERS];
    }

    long id() {
        return id;
    }

    byte[] local() {
        return local;
    }

    /** Null: no socket for datagrams, or not bound. */
    InetSocketAddress datagrams() {
        return datagrams;
    }

    /** Filtered, or somebody else's to tell of. */
    boolean isLeftOut() {
        return isLeftOut;
    }

    /**
     * The other end.
     *
     * @param address of one datagram, or null for the one it is connected to
     */
    Peer to(Object address) {
        if (address == null) {
            return connected;
        }
        int slot = address.hashCode() & (PEERS - 1);
        Peer known = peers[slot];
        if (known == null || !address.equals(known.address)) {
            known = peer(address);
            peers[slot] = known;
        }
        return known;
    }

    private Peer peer(Object address) {
        byte[] text = Addresses.text(address);
        return new Peer(address, text, !filter.takesRemote(text));
    }
}
