package io.parquetflow.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The file behind a ring's slab, in shared memory, so that what was accepted outlives its process. Its name is the
 * writer's, and no two writers have one name; {@link DeadSlab} reads it when the writer is dead.
 *
 * <p>Thread-safe.
 */
public final class SlabFile {
    /** How a slab's file name ends. */
    public static final String SUFFIX = ".slab";

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final SlabDirectory directory;
    private final SlabHeader header;
    private final SharedFile file;
    private final Slab slab;
    private final Marker marker;
    private final AtomicBoolean taken = new AtomicBoolean();

    // under the lock of this
    private final StreamRows rows = new StreamRows();
    private final SharedFile[] tables = new SharedFile[StreamRows.TABLES];
    private final boolean[] refused = new boolean[StreamRows.TABLES];
    private boolean deleted;

    private SlabFile(SlabDirectory directory, SlabHeader header, SharedFile file, SharedFile firstTable) {
        this.directory = directory;
        this.header = header;
        this.file = file;
        int slabBytes = file.memory().capacity() - SlabHeader.BYTES;
        this.slab = new Slab(file.memory().slice(SlabHeader.BYTES, slabBytes), header.ringBytes, header.blockBytes);
        this.marker = new Marker(header.nonce);
        tables[0] = firstTable;
        rows.put(0, firstTable.memory());
    }

    /**
     * Makes the directory, if need be, and in it the slab and the first table of streams, all zeros. The calling thread
     * touches all their memory. Nothing is left behind on failure.
     *
     * @param directory where; only its last component is made, mode 0700
     * @param writer the writer's name, unique for ever; part of file names
     * @param ringBytes a power of two, at most 1 GiB
     * @param blockBytes a power of two, 64 or more
     * @param maxPayload bytes; a record of this size takes at most half the ring
     * @param dataDirectory where the writer's segments go
     * @param sink the sink's name
     * @return the file, ready for a ring
     * @throws IOException when the directory is no directory of this user's alone, when there is no space, or when there
     *     is no shared memory here
     * @throws IllegalArgumentException when the sizes do not fit each other, or the writer's name is no file name
     */
    public static SlabFile create(
            Path directory,
            String writer,
            int ringBytes,
            int blockBytes,
            int maxPayload,
            Path dataDirectory,
            String sink)
            throws IOException {
        String fault = Slab.fault(ringBytes, blockBytes, maxPayload);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        if (writer.isEmpty() || writer.indexOf('/') >= 0 || writer.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a writer's name that is no file name: " + writer);
        }
        SlabHeader header = new SlabHeader(
                ringBytes, blockBytes, maxPayload, Marker.randomNonce(), writer, sink, dataDirectory.toAbsolutePath());
        ByteBuffer page = header.page();
        SlabDirectory opened = SlabDirectory.open(directory);
        List<SharedFile> made = new ArrayList<>();
        try {
            int bytes = (int) SlabHeader.fileBytes(ringBytes, blockBytes, maxPayload);
            made.add(make(opened, writer + SUFFIX, bytes));
            made.add(make(opened, StreamRows.fileName(writer, 0), StreamRows.TABLE_BYTES));
            ByteBuffer memory = made.get(0).memory();
            memory.put(0, page, 0, SlabHeader.BYTES);
            SlabHeader.finish(memory);
            return new SlabFile(opened, header, made.get(0), made.get(1));
        } catch (Throwable t) {
            undo(opened, made, t);
            throw t;
        }
    }

    private static SharedFile make(SlabDirectory directory, String name, int bytes) throws IOException {
        try {
            return SharedFile.make(directory, name, bytes);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.startsWith("[")) {
                throw e; // says file and way out itself
            }
            boolean full = reason.toLowerCase(Locale.ROOT).contains("no space left");
            throw new IOException(
                    "[" + directory.path().resolve(name) + "] cannot be made, bytes=" + bytes + ": " + reason
                            + (full ? "; free some, lower ring-bytes, or set slab-directory" : "; set slab-directory"),
                    e);
        }
    }

    private static void undo(SlabDirectory directory, List<SharedFile> made, Throwable cause) {
        for (SharedFile file : made) {
            try {
                file.delete();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        directory.undo();
    }

    /**
     * Where slabs go when nobody says otherwise: {@code /dev/shm/parquet-flow-<uid>}.
     *
     * @return the directory, there or not; empty where there is no {@code /dev/shm}, as on macOS and Windows
     */
    public static Optional<Path> defaultDirectory() {
        return Files.isDirectory(SHARED_MEMORY) ? ownBelow(SHARED_MEMORY) : Optional.empty();
    }

    /**
     * Where slabs go in a directory that somebody has named: there, if it is its owner's alone or has yet to be made; or
     * in a directory of this user's below, as in {@code /dev/shm}, or where a container's memory volume is mounted.
     *
     * @param named there or not
     * @return the directory, there or not
     */
    public static Path directoryOf(Path named) {
        return SlabDirectory.isOpenToOthers(named) ? ownBelow(named).orElse(named) : named;
    }

    private static Optional<Path> ownBelow(Path parent) {
        try {
            Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Optional.of(parent.resolve("parquet-flow-" + uid));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException | SecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * The slab's file.
     *
     * @return an absolute path
     */
    public Path path() {
        return file.path();
    }

    /**
     * Whether the file is still at its path; one that was deleted or replaced saves nothing from a kill.
     *
     * @return false when it is not, or when that cannot be told
     */
    public boolean isThere() {
        return file.isThere();
    }

    /**
     * Takes slab and tables out of the directory. The memory stays for producers that come late.
     *
     * @throws IOException when a file cannot be deleted; it may be tried again
     */
    public synchronized void delete() throws IOException {
        deleted = true;
        // The slab last: as long as it is there, somebody will come and look for the rest.
        for (SharedFile table : tables) {
            if (table != null) {
                table.delete();
            }
        }
        file.delete();
    }

    /**
     * Deletes a dead writer's slab and its tables, once nothing in them is needed.
     *
     * @param slab the slab's file
     * @throws IOException when one of them cannot be deleted; it may be tried again
     */
    public static void delete(Path slab) throws IOException {
        String name = String.valueOf(slab.getFileName());
        if (!name.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("[" + slab + "] no slab's name: it ends with " + SUFFIX);
        }
        String writer = name.substring(0, name.length() - SUFFIX.length());
        Path directory = slab.toAbsolutePath().getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (StreamRows.tableOf(file, writer) >= 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Files.deleteIfExists(slab);
    }

    /** For the one ring that it can be the memory of. */
    Slab take() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("[" + path() + "] is another ring's slab");
        }
        return slab;
    }

    Marker marker() {
        return marker;
    }

    int maxPayload() {
        return header.maxPayload;
    }

    void release(long position) {
        SlabHeader.release(file.memory(), position);
    }

    /** Counters in a table file, or null when the table cannot be made. */
    synchronized DropCounters newCounters(int stream, String name) {
        int table = stream / StreamRows.ROWS;
        if (!rows.has(table) && !makeTable(table)) {
            return null;
        }
        return rows.register(stream, name);
    }

    private boolean makeTable(int table) {
        if (refused[table] || deleted) {
            return false;
        }
        try {
            SharedFile made = make(directory, StreamRows.fileName(header.writer, table), StreamRows.TABLE_BYTES);
            tables[table] = made;
            rows.put(table, made.memory());
            return true;
        } catch (IOException e) {
            refused[table] = true; // asked once a table, not once a stream
            return false;
        }
    }
}
