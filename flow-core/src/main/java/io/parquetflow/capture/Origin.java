package io.parquetflow.capture;

import io.parquetflow.journal.SealedState;
import java.nio.charset.StandardCharsets;

/**
 * Whose records are made rows of: this writer's, or a dead one's that are recovered into the same segment. Each has its
 * own {@code seq}, its own streams, and its own account of losses.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Origin {
    private final int number;
    private final String writer;
    private final byte[] writerBytes;
    private final Losses losses;
    private final StreamNames streams;
    private long firstSeq;
    private long seq;
    private long end;
    private long records;

    /** The names of a writer's streams. */
    interface StreamNames {
        /** In UTF-8, the same array each time. */
        byte[] bytes(int stream);

        String name(int stream);

        /** The stream's number among all streams of the segment. */
        default int number(int stream) {
            return stream;
        }
    }

    /**
     * Begins with the writer's first row, or goes on.
     *
     * @param number 0 for this writer; others have their own
     * @param seq of the next row
     */
    Origin(int number, String writer, Losses losses, StreamNames streams, long seq) {
        this.number = number;
        this.writer = writer;
        this.writerBytes = writer.getBytes(StandardCharsets.US_ASCII);
        this.losses = losses;
        this.streams = streams;
        this.firstSeq = seq;
        this.seq = seq;
    }

    /** Goes on where a dead writer's segments ended. */
    static Origin resumed(int number, String writer, DeadStreams streams, SealedState state) {
        Losses losses = new Losses(streams);
        losses.resume(state.told(), state.untold());
        Origin origin = new Origin(number, writer, losses, streams, state.nextSeq());
        origin.end = state.end();
        origin.records = state.records();
        return origin;
    }

    int number() {
        return number;
    }

    String writer() {
        return writer;
    }

    byte[] writerBytes() {
        return writerBytes;
    }

    Losses losses() {
        return losses;
    }

    byte[] streamBytes(int stream) {
        return streams.bytes(stream);
    }

    String streamName(int stream) {
        return streams.name(stream);
    }

    int streamNumber(int stream) {
        return streams.number(stream);
    }

    /** Of the next row. */
    long seq() {
        return seq;
    }

    /** What is added from here on goes into another segment. */
    void segmentSealed() {
        firstSeq = seq;
    }

    /** Of its first row in the segment. */
    long firstSeq() {
        return firstSeq;
    }

    void rowsAdded(long rows) {
        seq += rows;
    }

    /** A record was made rows of, or passed. */
    void passed(long recordEnd) {
        end = recordEnd;
        records++;
    }

    /** Behind the last record that was made rows of, or passed. */
    long end() {
        return end;
    }

    /** Records in front of it. */
    long records() {
        return records;
    }

    /** What a seal now would seal. */
    SealedState state(String segment, String open, int segments) {
        return new SealedState(segment, open, end, seq, records, segments, losses.untold(), losses.told());
    }
}
