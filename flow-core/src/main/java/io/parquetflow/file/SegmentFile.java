package io.parquetflow.file;

import io.parquetflow.column.ChunkTarget;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.column.WrittenChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;

/**
 * The bytes of one segment: magic, row groups, indexes, footer. We write them ourselves, because then the
 * stream is ours: an error leaves us at the end of the last whole row group, from where the write can be tried again, or
 * what is there can be carried into another file.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class SegmentFile implements ChunkTarget {
    private static final int COPY_BYTES = 1 << 20;

    private Path path;
    private final MessageType schema;
    private final String createdBy;
    private final List<RowGroupTotals> rowGroups = new ArrayList<>();
    private final List<List<WrittenChunk>> chunks = new ArrayList<>();
    private FileChannel channel;
    private long position;
    /** The end of the last whole row group: everything in front of it is good. */
    private long goodBytes;

    private long rows;
    private Runnable betweenWrites = () -> {};

    private SegmentFile(Path path, MessageType schema, String createdBy) {
        this.path = path;
        this.schema = schema;
        this.createdBy = createdBy;
    }

    /**
     * Makes a file that must not be there yet.
     *
     * @param path where
     * @param schema of its rows
     * @param createdBy for the footer
     * @param mode permissions
     * @return an open file without rows
     * @throws IOException when it cannot be made; then there is none
     */
    public static SegmentFile create(Path path, MessageType schema, String createdBy, int mode) throws IOException {
        SegmentFile file = new SegmentFile(path, schema, createdBy);
        file.channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FlowDirectory.setMode(path, mode);
            file.write(direct(SegmentTail.magic()));
        } catch (IOException | RuntimeException | Error e) { // no memory, above all: the name is wanted again
            file.discard();
            throw e;
        }
        file.goodBytes = file.position;
        return file;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /**
     * Where it lies.
     *
     * @return the path it was made with
     */
    public Path path() {
        return path;
    }

    /**
     * Tells where it lies after a rename.
     *
     * @param newPath the path from now on
     */
    public void movedTo(Path newPath) {
        path = newPath;
    }

    /**
     * Rows in whole row groups.
     *
     * @return a count
     */
    public long rows() {
        return rows;
    }

    /**
     * Length up to the end of the last whole row group.
     *
     * @return bytes
     */
    public long goodBytes() {
        return goodBytes;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        CrashPoint.reached("rowgroup.between-pages");
        betweenWrites.run();
    }

    /**
     * Has something done after each write: a disk may take its time, and a row group is many writes.
     *
     * @param work never throws
     */
    public void betweenWrites(Runnable work) {
        betweenWrites = work;
    }

    /**
     * Appends a row group. After an exception the file is as before, but for bytes behind {@link #goodBytes}; call
     * again, or {@link #carryTo} another file.
     *
     * @param buffer its rows stay in it
     * @throws IOException when the file system refuses
     */
    public void append(RowGroupBuffer buffer) throws IOException {
        goBack();
        List<WrittenChunk> written = buffer.writeTo(this);
        rowGroups.add(SegmentTail.rowGroup(written, buffer.rows(), rowGroups.size()));
        chunks.add(written);
        rows += buffer.rows();
        goodBytes = position;
    }

    /**
     * Gives the last row group up, to make room for the footer on a disk that stays full.
     *
     * @return its rows, 0 when there is none
     */
    public long dropLastRowGroup() {
        if (rowGroups.isEmpty()) {
            return 0;
        }
        int last = rowGroups.size() - 1;
        long dropped = rowGroups.remove(last).rows();
        chunks.remove(last);
        rows -= dropped;
        goodBytes =
                last == 0 ? SegmentTail.MAGIC_BYTES : rowGroups.get(last - 1).end();
        return dropped;
    }

    /**
     * Writes indexes and footer behind the last row group. May be called again after an exception.
     *
     * @param keyValues footer keys
     * @throws IOException when the file system refuses
     */
    public void finish(Map<String, String> keyValues) throws IOException {
        goBack();
        SegmentTail.of(schema, createdBy, keyValues, rowGroups, chunks, goodBytes)
                .writeTo(this);
    }

    /** To the end of what is good, whatever went wrong before. */
    private void goBack() throws IOException {
        reopen();
        if (position != goodBytes) {
            channel.truncate(goodBytes);
            position = goodBytes;
        }
    }

    /**
     * Carries every whole row group into a new file, byte for byte, through the descriptor we have: that works even
     * when this file's directory is gone.
     *
     * @param target the new path
     * @param mode permissions
     * @return the new file; this one stays open
     * @throws Unreadable when what was written cannot be read any more; then there is no new file
     * @throws IOException when the new file refuses; then there is none
     */
    public SegmentFile carryTo(Path target, int mode) throws IOException {
        reopen();
        SegmentFile copy = new SegmentFile(target, schema, createdBy);
        copy.channel = FileChannel.open(
                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FlowDirectory.setMode(target, mode);
            ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
            while (copy.position < goodBytes) {
                buffer.clear().limit((int) Math.min(COPY_BYTES, goodBytes - copy.position));
                read(buffer, copy.position);
                copy.write(buffer.flip());
            }
        } catch (IOException | RuntimeException | Error e) {
            copy.discard();
            throw e;
        }
        copy.rowGroups.addAll(rowGroups);
        copy.chunks.addAll(chunks);
        copy.rows = rows;
        copy.goodBytes = goodBytes;
        return copy;
    }

    /** An interrupt closes the channel of whoever is in it; the file is as it was. */
    private void reopen() throws IOException {
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    private void read(ByteBuffer buffer, long at) throws IOException {
        int read;
        try {
            read = channel.read(buffer, at);
        } catch (ClosedChannelException e) {
            throw e; // an interrupt, not the file
        } catch (IOException e) {
            throw new Unreadable("[" + path + "] offset=" + at + ": " + e.getMessage(), e);
        }
        if (read < 0) {
            throw new Unreadable(
                    "[" + path + "] offset=" + at + ": shorter than what was written, expected=" + goodBytes, null);
        }
    }

    /** What was written is not there any more. */
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * To the device. Never again after it failed once: the kernel forgets the pages it could not write, and a second
     * call succeeds for nothing.
     *
     * @throws IOException when the device refuses
     */
    public void force() throws IOException {
        channel.force(true);
    }

    /**
     * Every column chunk, for statistics.
     *
     * @return in the order of the file, made anew each time
     */
    public List<ColumnChunkMetaData> columnChunks() {
        return chunks.stream().flatMap(List::stream).map(WrittenChunk::meta).toList();
    }

    /** Closes the descriptor; what is written stays. Never throws: nothing depends on it. */
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // every byte was written or reported before
        }
    }

    private void discard() {
        close();
        path.toFile().delete();
    }
}
