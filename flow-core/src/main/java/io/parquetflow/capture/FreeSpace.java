package io.parquetflow.capture;

import io.parquetflow.file.StorageFaults;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Key {@code min-free-bytes}: we stop before the application's disk is full.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class FreeSpace {
    private final Path directory;
    private final long least;
    /** As of the last look. */
    private IOException tooLittle;

    FreeSpace(SinkConfig config) {
        this.directory = config.directory();
        this.least = config.number(ConfigKey.MIN_FREE_BYTES);
    }

    /** Throws when there is too little. */
    void check() throws IOException {
        look();
        checkLast();
    }

    /** Asks the file system; what it says counts until the next time. */
    void look() throws IOException {
        if (least == 0) {
            return;
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        tooLittle = free >= least
                ? null
                : new StorageFaults.TooLittleFree("[" + directory + "] too little free: min-free-bytes="
                        + Units.bytes(least) + ", free=" + free + ": free some, or lower min-free-bytes");
    }

    /** Without asking again. */
    void checkLast() throws IOException {
        if (tooLittle != null) {
            throw tooLittle;
        }
    }
}
