package io.parquetflow.cli.captures;

import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The JDK's gzip reader without two silences of it. It ignores bytes after a member that do not begin another one, so
 * that half a file can go unnoticed; here they are an error. And it throws away what it decoded in the very call that
 * met the corruption, up to a whole buffer; here that is handed out first. Belongs to the reading thread.
 */
final class GzipMembers extends GZIPInputStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    /** CRC and length behind every member (RFC 1952, section 2.3). */
    private static final int TRAILER_BYTES = 8;

    private final FileBytes file;
    private long filledTo;
    private ZipException pending;

    GzipMembers(FileBytes file) throws IOException {
        super(file, BUFFER_BYTES);
        this.file = file;
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filledTo = file.position();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (pending != null) {
            throw pending;
        }
        long before = inf.getBytesWritten();
        try {
            int count = super.read(target, offset, length);
            if (count < 0) {
                refuseTrailingBytes();
            }
            return count;
        } catch (ZipException corrupt) {
            long decoded = inf.getBytesWritten() - before;
            if (decoded <= 0 || decoded > length) {
                throw corrupt;
            }
            pending = corrupt;
            return (int) decoded;
        }
    }

    private void refuseTrailingBytes() throws IOException {
        long memberEnd = filledTo - inf.getRemaining() + TRAILER_BYTES;
        if (file.position() > memberEnd || file.available() > 0) {
            throw new ZipException("what follows the last member is no gzip member, position=" + memberEnd);
        }
    }
}
