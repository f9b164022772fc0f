package io.parquetflow.capture;

import io.parquetflow.file.StorageFaults;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room the file system has. Key {@code min-free-bytes}: we stop before the application's disk is full.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class FreeSpace {
    private final Path directory;
    private final long least;
    /** As of the last look. */
    private IOException tooLittle;

    private long usable = Long.MAX_VALUE;

    FreeSpace(SinkConfig config) {
        this.directory = config.directory();
        this.least = config.number(ConfigKey.MIN_FREE_BYTES);
    }

    /** Throws when there is too little. */
    void check() throws IOException {
        if (least > 0) {
            look();
            checkLast();
        }
    }

    /** Asks the file system; what it says counts until the next time. */
    void look() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        usable = free;
        tooLittle = free >= least
                ? null
                : new StorageFaults.TooLittleFree("[" + directory + "] too little free: min-free-bytes="
                        + Units.bytes(least) + ", free=" + free + ": free some, or lower min-free-bytes");
    }

    /** Bytes, as of the last look. */
    long usable() {
        return usable;
    }

    /** Without asking again. */
    void checkLast() throws IOException {
        if (tooLittle != null) {
            throw tooLittle;
        }
    }
}
