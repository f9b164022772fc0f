package io.parquetflow.agent.config;

import java.util.Locale;

/**
 * A level at which a process's input is recorded.
 *
 * <p>Thread-safe: constants.
 */
public enum Tap {
    /** Datagrams of the JDK's channels and sockets. */
    UDP(""),
    /** Chunks of the JDK's socket channels and streams. */
    TCP(""),
    /** Messages in Netty's pipelines, NIO and epoll. */
    NETTY("io.netty."),
    /** Messages of Aeron's images. */
    AERON("io.aeron."),
    /** Messages of QuickFIX/J's sessions. */
    QUICKFIXJ("org.apache.mina.");

    private final String reads;

    Tap(String reads) {
        this.reads = reads;
    }

    /**
     * Column {@code stream}.
     *
     * @return the tap's name
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Where the classes are that read sockets for this level.
     *
     * @return start of their names; empty when it is the level of sockets itself
     */
    public String reads() {
        return reads;
    }

    static Tap named(String word) {
        for (Tap tap : values()) {
            if (tap.word().equals(word)) {
                return tap;
            }
        }
        throw AgentKey.TAPS.invalid(word);
    }
}
