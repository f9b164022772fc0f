package io.parquetflow.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dead writer's slab holds. Only reads; whether the writer is dead is for the caller to know.
 *
 * <p>Thread-safe, but for {@link #close} and what {@link #scan} returns.
 */
public final class DeadSlab implements AutoCloseable {
    /** A file that is not a slab, or not a whole one. */
    public static final class NotASlab extends IOException {
        private static final long serialVersionUID = 1;

        /** The magic was zeros. */
        private final boolean unfinished;

        NotASlab(Path file, String why, boolean unfinished) {
            super("[" + file + "] is not a slab: " + why);
            this.unfinished = unfinished;
        }

        /**
         * Whether its writer died before it was a slab. Then no record was ever in it.
         *
         * @return true when the magic is still zeros
         */
        public boolean unfinished() {
            return unfinished;
        }
    }

    /** A slab of a later parquet-flow. */
    public static final class NewerVersion extends IOException {
        private static final long serialVersionUID = 1;

        NewerVersion(Path file, String version) {
            super("[" + file + "] is a slab of a later parquet-flow: version=" + version + ", known="
                    + SlabHeader.THIS_VERSION + "; read it with that one");
        }
    }

    private final SlabHeader header;
    private final Slab slab;
    private final Marker marker;
    private final long released;
    private final StreamRows rows = new StreamRows();
    private final int streams;
    private final List<MappedBytes> mapped = new ArrayList<>();

    private DeadSlab(Path file, SlabHeader header, MappedByteBuffer memory) throws IOException {
        this.header = header;
        this.marker = new Marker(header.nonce);
        this.slab = new Slab(
                memory.slice(SlabHeader.BYTES, memory.capacity() - SlabHeader.BYTES),
                header.ringBytes,
                header.blockBytes);
        this.released = SlabHeader.released(memory);
        if (released < 0 || released > Long.MAX_VALUE - slab.blocks) {
            throw new NotASlab(file, "released=" + released, false);
        }
        mapped.add(MappedBytes.of(memory));
        mapTables(file.toAbsolutePath().getParent());
        this.streams = rows.count();
    }

    private void mapTables(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                int table = StreamRows.tableOf(file, header.writer);
                MappedByteBuffer found = table < 0 ? null : mapTable(file);
                if (found != null) {
                    mapped.add(MappedBytes.of(found));
                    rows.put(table, found);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /**
     * Opens a slab.
     *
     * @param file the slab's file
     * @return what it holds
     * @throws NotASlab when it is none
     * @throws NewerVersion when a later parquet-flow wrote it
     * @throws IOException when it cannot be read
     */
    public static DeadSlab open(Path file) throws IOException {
        // A pipe of this name would be waited for, for ever.
        if (!isRegular(file)) {
            throw new NotASlab(file, "no regular file", false);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            ByteBuffer page = ByteBuffer.allocate(SlabHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (page.hasRemaining() && channel.read(page, page.position()) >= 0) {
                Thread.onSpinWait(); // a short read; the rest stays zeros when the file is shorter than a page
            }
            page.clear();
            SlabHeader header = SlabHeader.read(file, page);
            long expected = SlabHeader.fileBytes(header.ringBytes, header.blockBytes, header.maxPayload);
            if (size != expected) {
                throw new NotASlab(file, "bytes=" + size + ", expected=" + expected, false);
            }
            MappedBytes.makeRoomFor(size);
            return new DeadSlab(file, header, channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
        }
    }

    private static boolean isRegular(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile();
    }

    /** Null when there is none, or not a whole one: then no stream was registered in it. */
    private static MappedByteBuffer mapTable(Path file) throws IOException {
        try {
            if (!isRegular(file)) {
                return null;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return channel.size() == StreamRows.TABLE_BYTES
                        ? channel.map(FileChannel.MapMode.READ_ONLY, 0, StreamRows.TABLE_BYTES)
                        : null;
            }
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Who wrote it.
     *
     * @return the writer's name
     */
    public String writer() {
        return header.writer;
    }

    /**
     * Of which sink.
     *
     * @return the sink's name
     */
    public String sink() {
        return header.sink;
    }

    /**
     * Where the writer's segments are.
     *
     * @return an absolute path
     */
    public Path dataDirectory() {
        return header.dataDirectory;
    }

    /**
     * The ring's size.
     *
     * @return blocks
     */
    public int blocks() {
        return slab.blocks;
    }

    /**
     * The size of a block.
     *
     * @return bytes
     */
    public int blockBytes() {
        return slab.blockBytes;
    }

    /**
     * The largest payload.
     *
     * @return bytes
     */
    public int maxPayload() {
        return header.maxPayload;
    }

    /**
     * How far the writer thread had given blocks back.
     *
     * @return a position: no record in front of it is needed from here
     */
    public long released() {
        return released;
    }

    /**
     * How many streams there were.
     *
     * @return the highest number that survived, and one
     */
    public int streams() {
        return streams;
    }

    /**
     * A stream's name.
     *
     * @param stream 0 to 65,535
     * @return the name, its first 184 bytes of UTF-8 when it is longer; null when it was not registered, or its table
     *     did not survive
     */
    public String streamName(int stream) {
        return rows.isRegistered(stream) ? rows.name(stream) : null;
    }

    /**
     * A stream's counters.
     *
     * @param stream 0 to 65,535
     * @return what was dropped; zeros when it was not registered, or its table did not survive
     */
    public DropCounters drops(int stream) {
        return rows.isRegistered(stream)
                ? rows.drops(stream)
                : new DropCounters(
                        ByteBuffer.allocateDirect(2 * DropCounters.ROW_BYTES).alignedSlice(DropCounters.ROW_BYTES), 0);
    }

    /**
     * Reads the committed records.
     *
     * @param from the first position of interest; nothing in front of {@link #released} is read
     * @return a reader, in front of the first
     */
    public SlabScan scan(long from) {
        long start = Math.min(Math.max(from, released), Long.MAX_VALUE - slab.blocks);
        return new SlabScan(slab, marker, header.maxPayload, start);
    }

    /** Lets the memory go, once nobody uses a scan any more. */
    @Override
    public void close() {
        mapped.forEach(MappedBytes::close);
    }
}
