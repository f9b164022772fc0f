package io.parquetflow.capture;

/**
 * The streams of this writer.
 *
 * <p>Thread-safe.
 */
record OwnStreams(StreamTable streams) implements Origin.StreamNames {
    @Override
    public byte[] bytes(int stream) {
        return streams.stream(stream).nameBytes();
    }

    @Override
    public String name(int stream) {
        return streams.stream(stream).name();
    }
}
