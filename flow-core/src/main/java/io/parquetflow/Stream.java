package io.parquetflow;

import io.parquetflow.capture.Writer;

/**
 * A named source within a sink: a feed, a session, a tap. Its name is the column {@code stream} of its rows; its drops,
 * and {@code lost} in its rows, are its own.
 *
 * <p>Thread-safe: any number of threads. Lives as long as its sink.
 */
public final class Stream extends Recorder {
    private final String name;

    Stream(Writer writer, int number, String name, ThreadLocal<Claim> claims) {
        super(writer, number, claims);
        this.name = name;
    }

    /**
     * The stream's name.
     *
     * @return as it was given
     */
    public String name() {
        return name;
    }
}
