package com.acme;

/** Loaded only once somebody asks for it. */
final class Late {
    private Late() {}

    static int onMessage(byte[] message) {
        return message.length;
    }
}
