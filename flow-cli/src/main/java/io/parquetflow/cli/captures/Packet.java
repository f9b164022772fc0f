package io.parquetflow.cli.captures;

/**
 * One captured packet on its way through the layers: each moves {@link #at()} behind its own header, or says why there
 * is no payload. Used again for the next packet. Belongs to the reading thread.
 *
 * <pre>
 *   | link | IP | UDP or TCP | payload | padding, frame check |
 *          ^ at, moving right          ^ declaredEnd          ^ capturedEnd, or earlier: cut
 * </pre>
 */
final class Packet {
    private byte[] bytes;
    private int at;
    private int capturedEnd;
    private long declaredEnd;
    private int protocol;
    private int payloadLength;
    private boolean payloadCut;
    private SkipReason reason;

    void reset(byte[] holder, int from, int captured, long originalBytes) {
        bytes = holder;
        at = from;
        capturedEnd = from + captured;
        declaredEnd = from + Math.max(captured, originalBytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The first byte that no layer has taken yet; in the end, of the payload. */
    int at() {
        return at;
    }

    /** Unsigned byte, counted from {@link #at()}. */
    int u8(int index) {
        return Bytes.u8(bytes, at + index);
    }

    /** Unsigned, network byte order, counted from {@link #at()}. */
    int u16(int index) {
        return Bytes.u16(bytes, at + index);
    }

    int protocol() {
        return protocol;
    }

    void protocol(int number) {
        protocol = number;
    }

    /** How many bytes the packet says are left, whether captured or not; negative where it contradicts itself. */
    long declared() {
        return declaredEnd - at;
    }

    /** What IP says of its own length, which leaves Ethernet's padding outside. */
    void declare(int bytesFromHere) {
        declaredEnd = (long) at + bytesFromHere;
        capturedEnd = (int) Math.min(capturedEnd, declaredEnd);
    }

    /** Whether a header of this length is there; says why not where it is not. */
    boolean has(int headerBytes) {
        if (headerBytes > declared()) {
            return skip(SkipReason.MALFORMED);
        }
        return headerBytes <= capturedEnd - at || skip(SkipReason.CUT_BEFORE_PAYLOAD);
    }

    void take(int headerBytes) {
        at += headerBytes;
    }

    /**
     * The rest is payload, of this length if all of it was captured. More of it than {@code max-payload} there is only
     * where a header says "all of the frame" and the frame is longer than any that was ever sent.
     */
    boolean payload(long declaredBytes) {
        if (declaredBytes == 0) {
            return skip(SkipReason.EMPTY_PAYLOAD);
        }
        int there = capturedEnd - at;
        if (there == 0) {
            return skip(SkipReason.CUT_BEFORE_PAYLOAD);
        }
        payloadLength = (int) Math.min(declaredBytes, there);
        payloadCut = payloadLength < declaredBytes;
        return payloadLength <= PayloadReader.MAX_PAYLOAD_BYTES || skip(SkipReason.MALFORMED);
    }

    int payloadLength() {
        return payloadLength;
    }

    boolean payloadCut() {
        return payloadCut;
    }

    /** Always false, so that a layer can end with it. */
    boolean skip(SkipReason why) {
        reason = why;
        return false;
    }

    SkipReason reason() {
        return reason;
    }
}
