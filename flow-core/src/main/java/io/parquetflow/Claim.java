package io.parquetflow;

import io.parquetflow.ring.DropCounters;
import io.parquetflow.ring.RingClaim;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Room in the ring that is written in place. Ends with {@link #commit} or {@link #abort}; {@link #close} aborts what was
 * not committed, so that try-with-resources is safe. The same object comes again with the thread's next claim.
 *
 * <p>Little endian. Bytes that were not written are whatever lay there before. Writing outside of the claimed length
 * throws. A claim whose thread dies is aborted by the writer thread.
 *
 * <p>Not thread-safe: the claiming thread's.
 */
public final class Claim implements AutoCloseable {
    private final RingClaim claim;

    Claim(RingClaim claim) {
        this.claim = claim;
    }

    boolean open(int stream, DropCounters drops, long tsNs, long sourceNs, int length) {
        if (claim.isOpen()) {
            claim.abort();
        }
        return claim.open(stream, drops, tsNs, sourceNs, length) >= 0;
    }

    private int at(int index, int size) {
        checkOpen();
        Objects.checkFromIndexSize(index, size, claim.length());
        return claim.payloadAt() + index;
    }

    private void checkOpen() {
        if (!claim.isOpen()) {
            throw new IllegalStateException("the claim is not open: it was committed or aborted");
        }
    }

    /**
     * The record's sequence once it is committed.
     *
     * @return to be compared with {@link LogSink#writtenSequence}; negative when the claim is not open
     */
    public long sequence() {
        return claim.position();
    }

    /**
     * The claimed length.
     *
     * @return bytes
     */
    public int length() {
        return claim.length();
    }

    /**
     * Writes a byte.
     *
     * @param index from the start of the payload
     * @param value the byte
     * @return this
     */
    public Claim putByte(int index, byte value) {
        claim.memory().put(at(index, Byte.BYTES), value);
        return this;
    }

    /**
     * Writes two bytes.
     *
     * @param index from the start of the payload
     * @param value the number
     * @return this
     */
    public Claim putShort(int index, short value) {
        claim.memory().putShort(at(index, Short.BYTES), value);
        return this;
    }

    /**
     * Writes four bytes.
     *
     * @param index from the start of the payload
     * @param value the number
     * @return this
     */
    public Claim putInt(int index, int value) {
        claim.memory().putInt(at(index, Integer.BYTES), value);
        return this;
    }

    /**
     * Writes eight bytes.
     *
     * @param index from the start of the payload
     * @param value the number
     * @return this
     */
    public Claim putLong(int index, long value) {
        claim.memory().putLong(at(index, Long.BYTES), value);
        return this;
    }

    /**
     * Writes eight bytes.
     *
     * @param index from the start of the payload
     * @param value the number
     * @return this
     */
    public Claim putDouble(int index, double value) {
        claim.memory().putDouble(at(index, Double.BYTES), value);
        return this;
    }

    /**
     * Copies from an array.
     *
     * @param index from the start of the payload
     * @param from the array
     * @param offset of the first byte in it
     * @param length bytes
     * @return this
     */
    public Claim putBytes(int index, byte[] from, int offset, int length) {
        claim.memory().put(at(index, length), from, offset, length);
        return this;
    }

    /**
     * Copies from a buffer.
     *
     * @param index from the start of the payload
     * @param from the buffer, not moved
     * @param offset of the first byte in it
     * @param length bytes
     * @return this
     */
    public Claim putBytes(int index, ByteBuffer from, int offset, int length) {
        claim.memory().put(at(index, length), from, offset, length);
        return this;
    }

    /**
     * A view for codecs that want a buffer. Allocates the view, about 60 bytes; the other calls allocate nothing. Not to
     * be used after commit or abort: the memory belongs to other records then.
     *
     * @return position 0, limit the claimed length, little endian
     */
    public ByteBuffer buffer() {
        checkOpen();
        return claim.view();
    }

    /** Makes the whole claimed length a record. */
    public void commit() {
        commit(claim.length());
    }

    /**
     * Makes it a record.
     *
     * @param length bytes that count, from the first on; at most the claimed length
     */
    public void commit(int length) {
        checkOpen();
        Objects.checkFromIndexSize(0, length, claim.length());
        claim.commit(length);
    }

    /** Gives it up. Counted, not a drop: the payload never was one. */
    public void abort() {
        checkOpen();
        claim.abort();
    }

    /** Aborts unless committed. */
    @Override
    public void close() {
        if (claim.isOpen()) {
            claim.abort();
        }
    }
}
