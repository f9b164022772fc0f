package io.parquetflow.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A real file on a device that refuses, or writes less than it is asked to, when it is told so. */
public final class FailingChannel extends FileChannel {
    /** What it says when it refuses. */
    public static final String MESSAGE = "the device refuses";

    private final FileChannel file;
    private int mostBytes = Integer.MAX_VALUE;
    private long bytesLeft = Long.MAX_VALUE;
    private long failAfter = Long.MAX_VALUE;
    private boolean noTruncate;
    private boolean noForce;
    private boolean noRead;
    private boolean noMemory;
    private Runnable whenWritten = () -> {};
    private int forces;
    private long forcedBytes;

    /** Works until told otherwise. */
    public FailingChannel(FileChannel file) {
        this.file = file;
    }

    /** Writes so many at once. */
    public FailingChannel mostBytes(int bytes) {
        mostBytes = bytes;
        return this;
    }

    /** Refuses behind so many; counts anew after each refusal. */
    public FailingChannel failAfterBytes(long bytes) {
        failAfter = bytes;
        bytesLeft = bytes;
        return this;
    }

    /** Cannot be cut. */
    public FailingChannel refuseTruncate() {
        noTruncate = true;
        return this;
    }

    /** Cannot be forced. */
    public void refuseForce() {
        noForce = true;
    }

    /** Called after each write. */
    public void whenWritten(Runnable listener) {
        whenWritten = listener;
    }

    /** Has no memory to write from. */
    public FailingChannel refuseMemory() {
        noMemory = true;
        return this;
    }

    /** Cannot be read. */
    public void refuseReads() {
        noRead = true;
    }

    /** Works again. */
    public void heal() {
        failAfter = Long.MAX_VALUE;
        bytesLeft = Long.MAX_VALUE;
        noTruncate = false;
        noForce = false;
        noRead = false;
        noMemory = false;
    }

    /** How often it was asked to force. */
    public int forces() {
        return forces;
    }

    /** Its length when it was forced for the last time. */
    public long forcedBytes() {
        return forcedBytes;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        if (noMemory) {
            throw new OutOfMemoryError(MESSAGE);
        }
        if (bytesLeft <= 0) {
            bytesLeft = failAfter;
            throw new IOException(MESSAGE);
        }
        int bytes = (int) Math.min(Math.min(from.remaining(), mostBytes), bytesLeft);
        int limit = from.limit();
        int written = file.write(from.limit(from.position() + bytes), position);
        from.limit(limit);
        bytesLeft -= bytesLeft == Long.MAX_VALUE ? 0 : written;
        whenWritten.run();
        return written;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int written = write(from, file.position());
        file.position(file.position() + written);
        return written;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return offset < length ? write(from[offset]) : 0;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (noTruncate) {
            throw new IOException(MESSAGE);
        }
        file.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        forces++;
        if (noForce) {
            noForce = false; // the next one would say yes, for nothing
            throw new IOException(MESSAGE);
        }
        file.force(metaData);
        forcedBytes = file.size();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return file.read(to);
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        return file.read(to, offset, length);
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
        if (noRead) {
            throw new IOException(MESSAGE);
        }
        return file.read(to, position);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return file.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
