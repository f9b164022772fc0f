package io.parquetflow.agentit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an application itself counted: messages, bytes, and the SHA-256 of all bytes in order. Confined to one thread at a time. */
public final class Tally {
    private final String name;
    private final MessageDigest sha256;
    private long messages;
    private long bytes;

    /** Prints its lines below that name. */
    public Tally(String name) {
        this.name = name;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One message: what remains in the buffer, which is left as it is. */
    public synchronized void count(ByteBuffer message) {
        messages++;
        bytes += message.remaining();
        sha256.update(message.duplicate());
    }

    /** One message. */
    public synchronized void count(byte[] message) {
        count(ByteBuffer.wrap(message));
    }

    /** One message: a part of an array. */
    public synchronized void count(byte[] array, int offset, int length) {
        count(ByteBuffer.wrap(array, offset, length));
    }

    public synchronized long messages() {
        return messages;
    }

    public synchronized long bytes() {
        return bytes;
    }

    /** Says all three on standard output; to be asked once, at the end. */
    public synchronized void print() {
        System.out.println(name + ".messages=" + messages);
        System.out.println(name + ".bytes=" + bytes);
        System.out.println(name + ".sha256=" + sha256());
    }

    /** The SHA-256 as hexadecimal digits; to be asked once, at the end. */
    public synchronized String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
