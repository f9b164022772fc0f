package io.parquetflow.cli.captures;

import java.io.Closeable;
import java.io.IOException;

/**
 * The payloads of one capture, one after the other, in the order of the file. Get one from {@link CaptureFile}.
 *
 * <pre>{@code
 * while (reader.next()) {
 *     use(reader.bytes(), reader.offset(), reader.length(), reader.timeNs());
 * }
 * ImportTally tally = reader.tally();
 * }</pre>
 *
 * <p>Reading never fails with an exception: damage ends the payloads and is in the tally.
 *
 * <p>Not thread-safe.
 */
public abstract sealed class PayloadReader implements Closeable permits PacketReader, LineReader {
    /** No payload is longer: what a sink takes unless told otherwise ({@code max-payload}). */
    public static final int MAX_PAYLOAD_BYTES = 1024 * 1024;

    /** The time of a payload whose capture does not give one, as of every line of text. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** The size of what is not a regular file: a pipe. */
    public static final long UNKNOWN_SIZE = -1;

    final ByteSource source;
    final Tally tally = new Tally();
    private int offset;
    private int length;
    private long timeNs = NO_TIME;
    private boolean ended;

    PayloadReader(ByteSource source) {
        this.source = source;
    }

    /** What one look at the file came to. */
    enum Step {
        /** A payload was found and {@link #found} was told. */
        PAYLOAD,
        /** Something was read that has no payload. */
        NOTHING,
        /** There is no more. */
        END
    }

    /** Reads one packet, block or line. Consumes at least one byte, or answers {@link Step#END}. */
    abstract Step step();

    /**
     * What the file is.
     *
     * @return {@code pcap}, {@code pcapng} or {@code text}
     */
    public abstract String format();

    /**
     * Moves to the next payload.
     *
     * @return false at the end of the file, or where it is damaged; {@link #tally()} tells which
     */
    public final boolean next() {
        while (!ended) {
            Step step = step();
            if (step == Step.PAYLOAD) {
                return true;
            }
            ended = step == Step.END;
        }
        return false;
    }

    /**
     * Holds the payload.
     *
     * @return an array that is used again by {@link #next()}
     */
    public final byte[] bytes() {
        return source.bytes();
    }

    /**
     * Where in {@link #bytes()} the payload begins.
     *
     * @return an index
     */
    public final int offset() {
        return offset;
    }

    /**
     * How long the payload is.
     *
     * @return bytes, 0 (an empty line) to {@link #MAX_PAYLOAD_BYTES}
     */
    public final int length() {
        return length;
    }

    /**
     * When the payload was captured.
     *
     * @return ns since the epoch, or {@link #NO_TIME}
     */
    public final long timeNs() {
        return timeNs;
    }

    /**
     * How much of the file was consumed, as it is on disk: compressed bytes where it is compressed.
     *
     * @return bytes
     */
    public final long position() {
        return source.raw().position();
    }

    /**
     * How long the file was when it was opened.
     *
     * @return bytes on disk, or {@link #UNKNOWN_SIZE}
     */
    public final long size() {
        return source.raw().size();
    }

    /**
     * The counts so far; whole once {@link #next()} has answered false.
     *
     * @return a snapshot
     */
    public final ImportTally tally() {
        return tally.snapshot(source.file(), format());
    }

    @Override
    public final void close() throws IOException {
        source.close();
    }

    final Step found(int atOffset, int lengthBytes, long atNs) {
        offset = atOffset;
        length = lengthBytes;
        timeNs = atNs;
        tally.payload(lengthBytes);
        return Step.PAYLOAD;
    }

    /** The file ends between two packets or lines. */
    final Step end(String nothingAtAll) {
        if (source.damage() != null) {
            tally.damage(source.damage());
        } else if (tally.packets() == 0) {
            damaged(source.offset(), Damage.Kind.EMPTY, nothingAtAll, Damage.NOT_KNOWN, Damage.NOT_KNOWN);
        }
        return Step.END;
    }

    /** The file ends inside something that began at {@code start}, where {@code expected} bytes should follow. */
    final Step endsInside(String piece, long start, long expected, long found) {
        if (source.damage() != null) {
            return end(piece);
        }
        return damaged(start, Damage.Kind.TRUNCATED_TAIL, "truncated inside " + piece, expected, found);
    }

    final Step corrupt(String what, long start, long expected, long found) {
        return damaged(start, Damage.Kind.CORRUPT, what, expected, found);
    }

    private Step damaged(long at, Damage.Kind kind, String what, long expected, long found) {
        tally.damage(new Damage(source.file(), at, kind, what, expected, found));
        return Step.END;
    }
}
