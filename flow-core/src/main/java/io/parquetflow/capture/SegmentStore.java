package io.parquetflow.capture;

import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.CreatedBy;
import io.parquetflow.file.FinalName;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.WriterLock;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkConfig;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;

/**
 * Every step of a segment's life that touches the file system. Each step can be done again after it failed, as it is or
 * with the segment's rows carried into a fresh file.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class SegmentStore {
    private final FlowDirectory directory;
    private final WriterLock lock;
    private final MessageType schema;
    private final int fileMode;
    private final FreeSpace free;
    private final boolean force;
    private final Runnable betweenWrites;
    /** In-progress names of sealed segments that could not be deleted. */
    private final List<Path> leftOvers = new ArrayList<>();

    SegmentStore(SinkConfig config, WriterLock lock, MessageType schema, Runnable betweenWrites) {
        this.schema = schema;
        this.betweenWrites = betweenWrites;
        this.lock = lock;
        this.directory = new FlowDirectory(config.directory());
        this.fileMode = (int) config.number(ConfigKey.FILE_MODE);
        this.free = new FreeSpace(config);
        this.force = config.durability() == Durability.POWER;
    }

    FlowDirectory directory() {
        return directory;
    }

    int fileMode() {
        return fileMode;
    }

    /** Where somebody took the directory away, the lock went with it, and others would take us for dead. */
    private void makeDirectory() throws IOException {
        directory.create();
        lock.retakeIfGone();
    }

    /** Once a second: without it we would soon be recovered by another process. */
    void keepLock() throws IOException {
        if (Files.isDirectory(directory.internal())) {
            lock.retakeIfGone();
        }
    }

    /** Makes the file where there is none yet. */
    void open(OpenSegment segment) throws IOException {
        if (segment.file() == null) {
            free.check();
            makeDirectory();
            SegmentFile file =
                    SegmentFile.create(directory.inProgress(segment.name()), schema, CreatedBy.TEXT, fileMode);
            file.betweenWrites(betweenWrites);
            segment.file(file);
            CrashPoint.reached("segment.created");
        }
    }

    /** Appends the rows; they stay in the buffer. */
    void append(OpenSegment segment, RowGroupBuffer rows) throws IOException {
        open(segment);
        free.check();
        Path path = segment.file().path();
        if (!Files.exists(path)) {
            // What one writes into a deleted file is gone with the descriptor, and no write ever fails.
            throw new NoSuchFileException(path.toString(), null, "the open segment was deleted or moved");
        }
        CrashPoint.reached("rowgroup.before-write");
        segment.file().append(rows);
        CrashPoint.reached("rowgroup.after-write");
    }

    /** The segment's final path below the sink's directory, with slashes. */
    String relative(OpenSegment segment) {
        return directory.root().relativize(segment.finalPath()).toString().replace(File.separatorChar, '/');
    }

    /** Footer, device, final name; after it the segment is sealed. */
    void seal(OpenSegment segment, Map<String, String> keys) throws IOException {
        SegmentFile file = segment.file();
        CrashPoint.reached("seal.before-footer");
        file.finish(keys);
        if (force) {
            try {
                file.force();
            } catch (ClosedChannelException e) {
                throw e; // an interrupt, not the device
            } catch (IOException e) {
                segment.forceFailed();
                throw e;
            }
        }
        CrashPoint.reached("seal.after-force");
        giveName(segment);
        CrashPoint.reached("seal.between-link-and-unlink");
        file.close();
        try {
            Files.delete(file.path());
        } catch (IOException e) {
            leftOvers.add(file.path()); // the segment is sealed all the same
        }
        CrashPoint.reached("seal.after-name");
    }

    private void giveName(OpenSegment segment) throws IOException {
        Path from = segment.file().path();
        Path to = segment.finalPath();
        Path parent = to.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        try {
            FinalName.give(from, to, force);
        } catch (FileAlreadyExistsException e) {
            if (!segment.wasNamed()) {
                throw e;
            }
            Files.delete(to); // an attempt of ours that could not be forced, nor taken back
            FinalName.give(from, to, force);
        }
        segment.named();
        if (force) {
            forceNames(segment, parent);
        }
    }

    /**
     * Writes and names the file of rejects, as a whole; a left-over of an attempt before is replaced.
     *
     * @return bytes of the file
     */
    long sealRejects(OpenSegment segment, RowGroupBuffer rejects, Map<String, String> keys) throws IOException {
        makeDirectory();
        Path to = directory.rejects(segment.name());
        Files.createDirectories(to.getParent());
        Path path = directory.rejectsInProgress(segment.name());
        Files.deleteIfExists(path);
        SegmentFile file = SegmentFile.create(path, Rejects.SCHEMA, CreatedBy.TEXT, fileMode);
        try {
            file.append(rejects);
            file.finish(keys);
            if (force) {
                file.force();
            }
            Files.deleteIfExists(to); // ours alone: the name is the segment's, which is not sealed yet
            FinalName.give(path, to, force);
            if (force) {
                FlowDirectory.force(to.getParent());
            }
            return file.position();
        } finally {
            file.close();
            leftOvers.add(path);
            deleteLeftOvers();
        }
    }

    /** Of a segment that is not sealed. */
    void deleteRejects(OpenSegment segment) {
        try {
            Files.deleteIfExists(directory.rejects(segment.name()));
        } catch (IOException e) {
            return; // where none can be deleted, none could be made
        }
    }

    /** The name, and those of the partition directories above it. */
    private void forceNames(OpenSegment segment, Path parent) throws IOException {
        Path root = directory.root().toAbsolutePath();
        try {
            for (Path above = parent; above != null && above.startsWith(root); above = above.getParent()) {
                FlowDirectory.force(above);
            }
        } catch (IOException e) {
            // As with the file: what could not be forced once is not trusted. Another file takes the name.
            segment.forceFailed();
            Files.deleteIfExists(segment.finalPath());
            throw e;
        }
    }

    /** Deletes what could not be deleted before; quietly, since it harms nobody. */
    void deleteLeftOvers() {
        for (Iterator<Path> i = leftOvers.iterator(); i.hasNext(); ) {
            try {
                Files.deleteIfExists(i.next());
                i.remove();
            } catch (IOException e) {
                return; // in a second again
            }
        }
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
        makeDirectory();
        Path path = directory.inProgress(segment.name());
        if (Files.exists(path) && old.path().equals(path)) {
            Path aside = FlowDirectory.damaged(path);
            Files.move(path, aside);
            old.movedTo(aside);
        }
        long lostRows = 0;
        SegmentFile fresh;
        try {
            fresh = old.carryTo(path, fileMode);
        } catch (SegmentFile.Unreadable e) {
            lostRows = old.rows();
            fresh = SegmentFile.create(path, schema, CreatedBy.TEXT, fileMode);
        }
        fresh.betweenWrites(betweenWrites);
        segment.file(fresh);
        old.close();
        if (lostRows == 0 && !old.path().equals(path)) {
            leftOvers.add(old.path());
            deleteLeftOvers();
        }
        return lostRows;
    }
}
