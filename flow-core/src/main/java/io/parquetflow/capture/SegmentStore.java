package io.parquetflow.capture;

import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.StorageFaults;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Every step of a segment's life that touches the file system. Each step can be done again after it failed, as it is or
 * with the segment's rows carried into a fresh file.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class SegmentStore {
    private static final String DAMAGED = ".damaged";

    private final FlowDirectory directory;
    private final int fileMode;
    private final long minFreeBytes;
    private final boolean force;

    SegmentStore(SinkConfig config) {
        this.directory = new FlowDirectory(config.directory());
        this.fileMode = (int) config.number(ConfigKey.FILE_MODE);
        this.minFreeBytes = config.number(ConfigKey.MIN_FREE_BYTES);
        this.force = config.durability() == Durability.POWER;
    }

    FlowDirectory directory() {
        return directory;
    }

    int fileMode() {
        return fileMode;
    }

    /** Makes the file where there is none yet. */
    void open(OpenSegment segment) throws IOException {
        if (segment.file() == null) {
            checkFree();
            directory.create();
            segment.file(SegmentFile.create(
                    directory.inProgress(segment.name()), RawSchema.SCHEMA, Footer.CREATED_BY, fileMode));
        }
    }

    /** Appends the rows; they stay in the buffer. */
    void append(OpenSegment segment, RowGroupBuffer rows) throws IOException {
        open(segment);
        checkFree();
        Path path = segment.file().path();
        if (!Files.exists(path)) {
            // What one writes into a deleted file is gone with the descriptor, and no write ever fails.
            throw new NoSuchFileException(path.toString(), null, "the open segment was deleted or moved");
        }
        segment.file().append(rows);
    }

    private void checkFree() throws IOException {
        if (minFreeBytes == 0) {
            return;
        }
        long free = Files.getFileStore(directory.root()).getUsableSpace();
        if (free < minFreeBytes) {
            throw new StorageFaults.TooLittleFree("[" + directory.root() + "] too little free: min-free-bytes="
                    + Units.bytes(minFreeBytes) + ", free=" + free + ": free some, or lower min-free-bytes");
        }
    }

    /** Footer, device, final name; after it the segment is sealed. */
    void seal(OpenSegment segment, Map<String, String> keys) throws IOException {
        SegmentFile file = segment.file();
        file.finish(keys);
        if (force) {
            try {
                file.force();
            } catch (IOException e) {
                segment.forceFailed();
                throw e;
            }
        }
        Path target = segment.finalPath();
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        giveName(file.path(), target);
        if (force) {
            FlowDirectory.force(parent);
            FlowDirectory.force(directory.internal());
        }
        file.close();
    }

    /** A hard link never replaces a file; a rename would, silently. */
    private static void giveName(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isSameFile(from, to)) {
                throw e;
            }
            // an earlier attempt got this far
        } catch (NoSuchFileException | AccessDeniedException e) {
            if (!Files.exists(from) && Files.exists(to)) {
                return; // an earlier attempt got to the end
            }
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(from, to); // a file system without hard links; the name is unique all the same
            return;
        }
        Files.delete(from);
    }

    /**
     * Carries what is good into a fresh file of the same name. The old file is set aside first, and deleted when all of
     * it could be carried.
     *
     * @return rows that could not be carried: they are in the file that was set aside
     */
    long renew(OpenSegment segment) throws IOException {
        SegmentFile old = segment.file();
        if (old == null) {
            return 0;
        }
        directory.create();
        Path path = directory.inProgress(segment.name());
        Path aside = null;
        if (Files.exists(path)) {
            aside = freeName(path);
            Files.move(path, aside);
            old.movedTo(aside);
        }
        long lostRows = 0;
        SegmentFile fresh;
        try {
            fresh = old.carryTo(path, fileMode);
        } catch (SegmentFile.Unreadable e) {
            lostRows = old.rows();
            fresh = SegmentFile.create(path, RawSchema.SCHEMA, Footer.CREATED_BY, fileMode);
        }
        segment.file(fresh);
        old.close();
        if (aside != null && lostRows == 0) {
            Files.deleteIfExists(aside);
        }
        return lostRows;
    }

    private static Path freeName(Path path) {
        for (int i = 0; ; i++) {
            Path candidate = path.resolveSibling(path.getFileName() + (i == 0 ? DAMAGED : DAMAGED + "." + i));
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }
}
