package io.parquetflow.capture;

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
    private long seq;

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
        this.seq = seq;
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

    void rowsAdded(long rows) {
        seq += rows;
    }
}
