package io.parquetflow.cli.inspect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of one file, by position. Every range is compared with the file's size before memory is taken for it, and
 * only regular files are opened: a pipe would hang.
 *
 * <p>Not thread-safe.
 */
final class SegmentBytes implements Closeable {
    /** No page and no footer that a sane writer makes comes near; beyond it a length is taken for a lie. */
    static final int MOST_BYTES = 256 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;

    private SegmentBytes(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    static SegmentBytes open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new SegmentException(file.toString(), 0, "not a regular file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SegmentBytes(file, channel, channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    byte[] read(long offset, int length, String what) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw problem(Math.max(0, offset), what + " is outside the file: length=" + length + ", file size=" + size);
        }
        if (length > MOST_BYTES) {
            throw problem(offset, what + " is too large to be true: length=" + length + ", limit=" + MOST_BYTES);
        }
        byte[] bytes = allocate(length, offset, what);
        ByteBuffer into = ByteBuffer.wrap(bytes);
        while (into.hasRemaining()) {
            int read = channel.read(into, offset + into.position());
            if (read < 0) {
                throw problem(offset + into.position(), what + " ends early: the file was cut while it was read");
            }
        }
        return bytes;
    }

    /** Heap that is too small is the user's business, not a crash. */
    byte[] allocate(int length, long offset, String what) throws SegmentException {
        try {
            return new byte[length];
        } catch (OutOfMemoryError tooSmall) {
            throw problem(
                    offset,
                    what + " does not fit in memory: length=" + length + "; give the JVM more (-Xmx)",
                    tooSmall);
        }
    }

    SegmentException problem(long offset, String detail) {
        return new SegmentException(file.toString(), offset, detail);
    }

    SegmentException problem(long offset, String detail, Throwable cause) {
        return new SegmentException(file.toString(), offset, detail, cause);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
