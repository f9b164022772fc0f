package io.parquetflow.cli.captures;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file as they are on disk: buffered, counted, and with a first look at them before they are read.
 * Separate from {@link InputStream}s of the JDK for its {@link #available()}, which the gzip reader relies on.
 * Belongs to the reading thread.
 */
final class FileBytes extends InputStream {
    /** Large enough that system calls do not count, small enough for the second-level cache. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final long sizeBytes;
    private final Progress progress;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private long fetched;
    private boolean ended;

    FileBytes(InputStream in, long sizeBytes, Progress progress) {
        this.in = in;
        this.sizeBytes = sizeBytes;
        this.progress = progress;
    }

    /** Bytes handed out so far. */
    long position() {
        return fetched - (to - from);
    }

    long size() {
        return sizeBytes;
    }

    /** Whether somebody asked for more and there was none. */
    boolean ended() {
        return ended && from == to;
    }

    /** The next bytes without consuming them; fewer than {@code wanted} only where the file ends. */
    byte[] peek(int wanted) throws IOException {
        while (to < wanted && fetch()) {
            // fetch() moves to
        }
        byte[] seen = new byte[Math.min(wanted, to)];
        System.arraycopy(buffer, 0, seen, 0, seen.length);
        return seen;
    }

    /**
     * 1 where at least one more byte follows, 0 at the end; waits to find out. The JDK's gzip reader takes 0 for the
     * end of the file and would leave out the later members of a pipe that is slow.
     */
    @Override
    public int available() throws IOException {
        return from < to || refill() ? 1 : 0;
    }

    @Override
    public int read() throws IOException {
        return from < to || refill() ? buffer[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (from == to && !refill()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    private boolean refill() throws IOException {
        from = 0;
        to = 0;
        return fetch();
    }

    private boolean fetch() throws IOException {
        if (ended) {
            return false;
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            ended = true;
            return false;
        }
        to += count;
        fetched += count;
        progress.fetched(fetched, sizeBytes);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
