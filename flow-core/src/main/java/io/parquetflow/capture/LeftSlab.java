package io.parquetflow.capture;

import io.parquetflow.file.FlowDirectory;
import io.parquetflow.ring.DeadSlab;
import io.parquetflow.ring.SlabFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The slab that a dead writer's lock file names: there and ours, or why not.
 *
 * <p>Not thread-safe.
 */
final class LeftSlab implements AutoCloseable {
    /** Null where none can be read. */
    private DeadSlab slab;
    /** To be deleted when all of it is in the journal; null where there is nothing, or it is not ours to delete. */
    private Path path;
    /** Null unless there is one that is not understood. */
    private Path strange;

    private boolean gone;
    private boolean others;

    private LeftSlab() {}

    /**
     * Looks.
     *
     * @param note of the lock file
     * @param hasJournal without one it died before it had a slab, where there is none
     * @param remarks gets what is to be said of it
     */
    static LeftSlab open(FlowDirectory directory, String writer, String note, boolean hasJournal, List<String> remarks)
            throws IOException {
        LeftSlab left = new LeftSlab();
        if (!note.isEmpty()) {
            left.path = slabOf(writer, note);
            if (left.path == null) {
                remarks.add("the lock file names no slab of this writer, what was in the ring is lost: " + note);
            } else {
                left.read(directory, writer, hasJournal, remarks);
            }
        }
        return left;
    }

    /** Null when the note is damaged: whatever it names instead is not ours to read, far less to delete. */
    private static Path slabOf(String writer, String note) {
        try {
            Path path = Path.of(note);
            String name = String.valueOf(path.getFileName());
            return path.isAbsolute() && name.equals(writer + SlabFile.SUFFIX) ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void read(FlowDirectory directory, String writer, boolean hasJournal, List<String> remarks)
            throws IOException {
        try {
            slab = DeadSlab.open(path);
            String fault = faultOf(slab, directory, writer);
            if (fault != null) {
                close();
                remarks.add(fault + ": " + path);
                path = null;
            }
        } catch (NoSuchFileException e) {
            gone = hasJournal;
            if (gone) {
                remarks.add("the slab is gone, what was in the ring is lost: " + path
                        + ": it does not outlive the machine, nor a container with a memory of its own");
            }
            path = null;
        } catch (DeadSlab.NotASlab e) {
            if (!e.unfinished()) {
                notUnderstood(e, remarks);
            }
        } catch (DeadSlab.NewerVersion e) {
            notUnderstood(e, remarks);
        } catch (AccessDeniedException e) {
            others = true;
            remarks.add("the slab is another user's: " + path + ": recover as that user");
            path = null;
        }
    }

    /** A copy of a directory has a copy of the lock, which nobody holds, and names the slab of a writer that may live. */
    private static String faultOf(DeadSlab found, FlowDirectory directory, String writer) {
        if (!found.writer().equals(writer)) {
            return "the slab is another writer's and stays";
        }
        FlowDirectory home = new FlowDirectory(found.dataDirectory());
        try {
            return Files.exists(home.lock(writer)) && !Files.isSameFile(home.internal(), directory.internal())
                    ? "the slab is that of the writer in " + home.root() + ", of which this is a copy, and stays"
                    : null;
        } catch (IOException e) {
            return "the slab stays, since it cannot be told whose it is: " + e;
        }
    }

    private void notUnderstood(IOException why, List<String> remarks) {
        remarks.add("the slab is not understood and stays: " + why.getMessage());
        strange = path;
        path = null;
    }

    /** Null where none can be read. */
    DeadSlab slab() {
        return slab;
    }

    /** Null unless there is one that is not understood. */
    Path strange() {
        return strange;
    }

    /** Whether there should be one. */
    boolean isGone() {
        return gone;
    }

    /** Whether there is one that this user may not read: then nothing of the writer is to be touched. */
    boolean isAnothers() {
        return others;
    }

    /** All of it is in the journal. False when there was none to delete. */
    boolean delete() throws IOException {
        close();
        if (path == null) {
            return false;
        }
        SlabFile.delete(path);
        path = null;
        return true;
    }

    @Override
    public void close() {
        if (slab != null) {
            slab.close();
            slab = null;
        }
    }
}
