package com.acme;

/** Has implementers of several kinds. */
public interface Handler {
    /** Matches {@code on*}. */
    void onTrade(byte[] message);

    /** Matches {@code on*}. */
    void onQuote(byte[] message);

    /** Does not match {@code on*}. */
    default void heartbeat(byte[] message) {
        onTrade(message);
    }
}
