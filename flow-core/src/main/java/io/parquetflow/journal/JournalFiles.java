package io.parquetflow.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How files are made, which is the directory's business.
 *
 * <p>Thread-safe: {@link #forceDirectory} is called on another thread.
 */
public interface JournalFiles {
    /**
     * Makes one.
     *
     * @param path where; nothing is there yet
     * @return open for reading and writing
     * @throws IOException when it cannot be made; then there is none
     */
    FileChannel make(Path path) throws IOException;

    /**
     * Makes names survive a power cut.
     *
     * @param directory of the files
     * @throws IOException when the device refuses
     */
    void forceDirectory(Path directory) throws IOException;
}
