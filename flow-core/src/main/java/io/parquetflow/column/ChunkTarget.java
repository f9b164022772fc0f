package io.parquetflow.column;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a row group's bytes go: the open segment.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public interface ChunkTarget {
    /**
     * The next byte's place in the file.
     *
     * @return bytes from the start of the file
     */
    long position();

    /**
     * Writes everything between position and limit.
     *
     * @param bytes direct memory, but for what stands behind the row groups
     * @throws IOException when the file system refuses
     */
    void write(ByteBuffer bytes) throws IOException;
}
