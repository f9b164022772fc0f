package io.parquetflow.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Gives a whole file the name under which readers find it. By hard link, which never replaces a file; a rename would,
 * silently.
 *
 * <p>Thread-safe: stateless.
 */
public final class FinalName {
    private FinalName() {}

    /**
     * Gives the name. The file has its old name, too, afterwards.
     *
     * @param from the whole file
     * @param to the name, which must not be taken
     * @param force whether a copy, where there are no hard links, is forced to the device
     * @throws FileAlreadyExistsException when the name is taken
     * @throws IOException when the file system refuses
     */
    public static void give(Path from, Path to, boolean force) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException e) {
            copy(from, to, force);
        } catch (FileSystemException e) {
            if (!hasNoHardLinks(e)) {
                throw e;
            }
            copy(from, to, force);
        }
    }

    /** The copy gets its name when it is whole. */
    private static void copy(Path from, Path to, boolean force) throws IOException {
        Path copy = from.resolveSibling(from.getFileName() + ".copy");
        try {
            Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
            if (force) {
                try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
            Files.move(copy, to);
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, copy);
            throw e;
        }
    }

    /** A disk that is full, above all, must not keep what is of no use. */
    private static void deleteAfter(Exception failure, Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** As the system says it: EPERM, EOPNOTSUPP, ENOSYS. */
    static boolean hasNoHardLinks(FileSystemException e) {
        String reason = String.valueOf(e.getReason());
        return reason.contains("not permitted")
                || reason.contains("not supported")
                || reason.contains("not implemented");
    }
}
