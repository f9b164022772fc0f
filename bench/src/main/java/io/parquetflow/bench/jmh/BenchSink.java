package io.parquetflow.bench.jmh;

import io.parquetflow.LogSink;
import io.parquetflow.bench.sink.Directories;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The sink of a fork, in a fresh directory that is gone afterwards. */
final class BenchSink implements AutoCloseable {
    private static final int SEGMENTS_KEPT = 2;
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    final LogSink sink;
    private final Path directory;

    BenchSink() throws IOException {
        directory = Files.createTempDirectory(Directories.base(), "parquet-flow-jmh-");
        sink = LogSink.builder(directory)
                .codec(Codec.UNCOMPRESSED)
                .durability(Durability.OFF)
                .retainFiles(SEGMENTS_KEPT)
                .build();
    }

    /** Waits until the ring is empty. */
    void drain() {
        if (!sink.flush(AT_MOST)) {
            throw new IllegalStateException("the writer thread does not keep up: " + sink.stats());
        }
    }

    @Override
    public void close() throws IOException {
        boolean all = sink.close(AT_MOST);
        Directories.delete(directory);
        if (!all || sink.stats().rowsSealed() != sink.stats().accepted()) {
            throw new IllegalStateException("the numbers do not add up: closed=" + all + ", " + sink.stats());
        }
    }
}
