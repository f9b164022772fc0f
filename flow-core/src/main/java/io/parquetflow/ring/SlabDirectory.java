package io.parquetflow.ring;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * A directory for slabs that is this user's alone: payloads lie in it in clear, and below {@code /dev/shm} anybody can
 * make a directory of the name that we are about to use.
 *
 * <p>Thread-safe: immutable.
 */
final class SlabDirectory {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int GROUP_AND_OTHERS = 0077;

    private final Path path;
    private final boolean made;

    private SlabDirectory(Path path, boolean made) {
        this.path = path;
        this.made = made;
    }

    /** Makes it where it is not there; its parent has to be. */
    static SlabDirectory open(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw new IOException("[" + directory
                    + "] slabs in shared memory need Linux: this file system has no owners" + " and modes to check");
        }
        Path path = directory.toAbsolutePath();
        SlabDirectory opened = new SlabDirectory(path, make(path));
        try {
            opened.check();
        } catch (Throwable t) {
            opened.undo();
            throw t;
        }
        return opened;
    }

    /** False also for what is no directory, or cannot be looked at: opening it says why. */
    static boolean isOpenToOthers(Path path) {
        try {
            return Files.isDirectory(path) && isOpenToOthers((Integer) Files.getAttribute(path, "unix:mode"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException | SecurityException e) {
            return false;
        }
    }

    private static boolean isOpenToOthers(int mode) {
        return (mode & GROUP_AND_OTHERS) != 0;
    }

    private static boolean make(Path path) throws IOException {
        try {
            Files.createDirectory(path, OWNER_ONLY);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "[" + path + "] its parent directory is not there: make it, or set slab-directory", e);
        } catch (IOException e) {
            throw new IOException(
                    "[" + path + "] cannot be made: " + e
                            + "; set slab-directory to one in memory that this user may write",
                    e);
        }
    }

    private void check() throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException("[" + path + "] is a symbolic link, which others could turn elsewhere: give"
                    + " slab-directory the directory it names");
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("[" + path + "] is not a directory: delete it, or set slab-directory");
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) attributes.get("mode");
        if (isOpenToOthers(mode)) {
            throw new IOException("[" + path + "] is open to other users, mode=" + Integer.toOctalString(mode & 07777)
                    + ": chmod 700, or set slab-directory");
        }
    }

    Path path() {
        return path;
    }

    /**
     * Refuses a directory of another user, judged by a file that we have just made in it: that asks nobody which user
     * we are, and is right within a container too.
     */
    void requireOwnerOf(Path fileOfOurs) throws IOException {
        Object own = Files.getAttribute(fileOfOurs, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!own.equals(owner)) {
            throw new IOException("[" + path + "] belongs to another user, uid=" + owner + ", ours=" + own
                    + ": set slab-directory to one of your own");
        }
        check(); // it may have been another a moment ago
    }

    /** Deletes it again if it was made here. */
    void undo() {
        if (made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return; // another writer's slab is in it by now, or it is an empty directory that stays
            }
        }
    }
}
