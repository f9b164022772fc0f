package io.parquetflow.cli.captures;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The uncompressed bytes of a capture, as a window that a reader widens until its next piece is whole, and then moves
 * on. What goes wrong underneath ends the bytes and is kept as {@link #damage()}, so that whatever came before it is
 * read as if the file ended there. Belongs to the reading thread, for as long as the file is open.
 */
final class ByteSource implements Closeable {
    private static final int READ_BYTES = 64 * 1024;

    private final String file;
    private final FileBytes raw;
    private final Compression compression;
    private InputStream in;
    private byte[] buffer = new byte[READ_BYTES];
    private int from;
    private int to;
    private long offset;
    private boolean ended;
    private Damage damage;

    ByteSource(String file, FileBytes raw, Compression compression) {
        this.file = file;
        this.raw = raw;
        this.compression = compression;
    }

    String file() {
        return file;
    }

    FileBytes raw() {
        return raw;
    }

    /**
     * Widens the window.
     *
     * @return how many bytes are in it: at least {@code bytes}, unless the file ends before
     */
    int want(int bytes) {
        while (to - from < bytes && !ended) {
            if (to == buffer.length) {
                makeRoom();
            }
            read();
        }
        return to - from;
    }

    /** Holds the window, from {@link #at()}. Stays as it is until the next {@link #want} or {@link #skip}. */
    byte[] bytes() {
        return buffer;
    }

    int at() {
        return from;
    }

    /** Where the window begins, in bytes of the uncompressed stream. */
    long offset() {
        return offset;
    }

    /** Moves on by bytes that are in the window. */
    void take(int bytes) {
        from += bytes;
        offset += bytes;
    }

    /**
     * Moves on by any number of bytes, without holding them.
     *
     * @return by how many: fewer than asked for where the file ends before
     */
    long skip(long bytes) {
        long left = bytes;
        while (left > 0) {
            int have = want(1);
            if (have == 0) {
                break;
            }
            int step = (int) Math.min(have, left);
            take(step);
            left -= step;
        }
        return bytes - left;
    }

    /** What ended the bytes before their time, {@code null} where nothing did. */
    Damage damage() {
        return damage;
    }

    /** Grows only when what is there fills the buffer: a length in a file is a claim, not a reason to allocate. */
    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        } else {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }

    private void read() {
        try {
            if (in == null) {
                in = compression.open(raw);
            }
            int count = in.read(buffer, to, Math.min(READ_BYTES, buffer.length - to));
            if (count < 0) {
                ended = true;
            } else {
                to += count;
            }
        } catch (IOException e) {
            ended = true;
            damage = compression.damage(file, raw, offset + to - from, e);
        }
    }

    @Override
    public void close() throws IOException {
        try (FileBytes last = raw) {
            if (in != null && in != last) {
                in.close();
            }
        }
    }
}
