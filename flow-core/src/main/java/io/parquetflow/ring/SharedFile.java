package io.parquetflow.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is memory: written full of zeros, then mapped. A sparse file on a full disk would take stores and lose
 * them; the error comes long after the caller was told that his record is accepted.
 *
 * <p>Thread-safe as far as the users of its memory are.
 */
final class SharedFile {
    private static final int ZEROS_BYTES = 1 << 20;
    private static final int PAGE = 4096;

    /** Made when the first file is; every use takes a view of its own. */
    private static final class Zeros {
        static final ByteBuffer ALL = ByteBuffer.allocateDirect(ZEROS_BYTES).asReadOnlyBuffer();
    }

    private final Path path;
    private final Object key;
    private final ByteBuffer memory;
    private final MappedBytes mapped;

    private SharedFile(Path path, Object key, MappedByteBuffer memory) {
        this.path = path;
        this.key = key;
        this.memory = memory.order(ByteOrder.LITTLE_ENDIAN);
        this.mapped = MappedBytes.of(memory);
    }

    /** Makes a file that was not there, mode 0600. Nothing is left of it on failure. */
    static SharedFile make(SlabDirectory directory, String name, int bytes) throws IOException {
        Path path = directory.path().resolve(name);
        MappedBytes.makeRoomFor(bytes);
        FileAttribute<Set<PosixFilePermission>> ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                ownerOnly)) {
            return fill(channel, directory, path, bytes);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("[" + path + "] is there already: another writer's, or one that died", e);
        }
    }

    private static SharedFile fill(FileChannel channel, SlabDirectory directory, Path path, int bytes)
            throws IOException {
        try {
            directory.requireOwnerOf(path);
            writeZeros(channel, bytes);
            MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            for (int at = 0; at < bytes; at += PAGE) {
                memory.put(at, (byte) 0); // or the first producers would pay for the page faults
            }
            return new SharedFile(path, keyOf(path), memory);
        } catch (Throwable t) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                t.addSuppressed(e);
            }
            throw t;
        }
    }

    private static void writeZeros(FileChannel channel, int bytes) throws IOException {
        ByteBuffer zeros = Zeros.ALL.duplicate();
        long left = bytes;
        while (left > 0) {
            zeros.position(0).limit((int) Math.min(left, ZEROS_BYTES));
            left -= channel.write(zeros);
        }
    }

    private static Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    Path path() {
        return path;
    }

    ByteBuffer memory() {
        return memory;
    }

    /** While it is mapped no other file can have its key. */
    boolean isThere() {
        try {
            return key != null && key.equals(keyOf(path));
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    /** Takes its name away. The memory stays for those who still have it. */
    void delete() throws IOException {
        mapped.close();
        if (isThere()) {
            Files.deleteIfExists(path);
        }
    }
}
