package io.parquetflow.bench.sink;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import java.io.IOException;

/** The sinks that runs use: defaults, but for what a run is about and for what keeps the file system from filling. */
final class Sinks {
    /** Also the end of the writer thread's name. */
    static final String NAME = "bench";

    /** Enough that deleting is a small part of the writing, and few enough for a memory file system. */
    private static final int SEGMENTS_KEPT = 2;

    private Sinks() {}

    static LogSinkBuilder builder(Load load) {
        LogSinkBuilder builder = LogSink.builder(load.directory())
                .name(NAME)
                .codec(load.codec())
                .durability(load.durability())
                .retainFiles(SEGMENTS_KEPT);
        return load.rotateBytes() == 0 ? builder : builder.rotateBytes(load.rotateBytes());
    }

    static LogSink open(Load load) throws IOException {
        return builder(load).build();
    }
}
