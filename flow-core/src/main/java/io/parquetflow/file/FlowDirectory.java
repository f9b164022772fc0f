package io.parquetflow.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The directory of a sink: sealed segments in it (or in partition directories below it), everything else of ours in
 * {@code _flow}.
 *
 * <pre>
 *  capture/
 *    feed-20261120T101500000Z-aaaaaaaaaaaaa-000001.parquet   sealed
 *    date=2026-11-20/hour=10/feed-….parquet                  sealed, partitioned
 *    _flow/
 *      aaaaaaaaaaaaa.lock                                     a live writer holds it
 *      feed-….parquet.inprogress                              open
 *      feed-….parquet.unsealed                                left behind by a writer that died
 *      feed.ledger                                            what retention deleted
 *    _rejects/
 *      feed-….parquet.rejects                                 payloads that no rows could be made of
 * </pre>
 *
 * Thread-safe: keeps nothing but its path.
 */
public final class FlowDirectory {
    /** The directory for everything that is not a sealed segment. */
    public static final String INTERNAL = "_flow";

    /** The directory for payloads that no rows could be made of. */
    public static final String REJECTS = "_rejects";

    static final String IN_PROGRESS = ".inprogress";
    static final String UNSEALED = ".unsealed";
    static final String LOCK = ".lock";

    private final Path root;

    /**
     * Names a directory.
     *
     * @param root the sink's {@code directory}
     */
    public FlowDirectory(Path root) {
        this.root = root;
    }

    /**
     * The sink's directory.
     *
     * @return the path as it was given
     */
    public Path root() {
        return root;
    }

    /**
     * The directory for what is not sealed.
     *
     * @return {@code _flow} below the root
     */
    public Path internal() {
        return root.resolve(INTERNAL);
    }

    /**
     * Makes both directories where they are missing.
     *
     * @throws IOException naming the directory, when one cannot be made
     */
    public void create() throws IOException {
        Files.createDirectories(root);
        Files.createDirectories(internal());
    }

    /**
     * Where a segment lies while it is open.
     *
     * @param name the segment
     * @return a path in {@code _flow}
     */
    public Path inProgress(SegmentName name) {
        return internal().resolve(name.fileName() + IN_PROGRESS);
    }

    /**
     * Where the payloads go that no rows could be made of, once their segment is sealed.
     *
     * @param name the segment
     * @return a path in {@code _rejects}
     */
    public Path rejects(SegmentName name) {
        return root.resolve(REJECTS).resolve(name.fileName() + ".rejects");
    }

    /**
     * Where they lie while they are written.
     *
     * @param name the segment
     * @return a path in {@code _flow}
     */
    public Path rejectsInProgress(SegmentName name) {
        return internal().resolve(name.fileName() + ".rejects" + IN_PROGRESS);
    }

    /**
     * Sealed segments of one sink, partition directories included, other folders not.
     *
     * @param sink the sink's name
     * @return the oldest first
     * @throws IOException when a directory cannot be read
     */
    public List<SealedFile> sealed(String sink) throws IOException {
        List<SealedFile> found = new ArrayList<>();
        collect(root, sink, found);
        found.sort(SealedFile.OLDEST_FIRST);
        return found;
    }

    private static void collect(Path directory, String sink, List<SealedFile> found) throws IOException {
        for (Path path : list(directory, "*")) {
            String name = String.valueOf(path.getFileName());
            if ((name.startsWith("date=") || name.startsWith("hour=")) && Files.isDirectory(path)) {
                collect(path, sink, found);
            }
            SegmentName.parse(name).filter(n -> n.sink().equals(sink)).ifPresent(n -> SealedFile.of(path, n)
                    .ifPresent(found::add));
        }
    }

    /**
     * Bytes of what lies in {@code _flow} and belongs to one sink.
     *
     * @param sink the sink's name
     * @return bytes of open segments and left-overs
     * @throws IOException when the directory cannot be read
     */
    public long internalBytes(String sink) throws IOException {
        long sum = 0;
        for (Path path : list(internal(), "*.parquet.*")) {
            if (nameOf(path).filter(n -> n.sink().equals(sink)).isPresent()) {
                try {
                    sum += Files.size(path);
                } catch (NoSuchFileException e) {
                    continue; // sealed meanwhile
                }
            }
        }
        return sum;
    }

    /**
     * Sets aside what dead writers left open, and takes their locks away. What a live writer has is not touched.
     *
     * @return the new names
     * @throws IOException when the directory cannot be read or a file not be renamed
     */
    public List<Path> setAsideLeftOvers() throws IOException {
        List<Path> aside = new ArrayList<>();
        for (Path path : list(internal(), "*" + IN_PROGRESS)) {
            var name = nameOf(path);
            if (name.isEmpty() || WriterLock.isLive(internal(), name.get().writer())) {
                continue;
            }
            String file = String.valueOf(path.getFileName()); // a segment, or its rejects
            Path target = internal().resolve(file.substring(0, file.length() - IN_PROGRESS.length()) + UNSEALED);
            try {
                Files.move(path, target);
                aside.add(target);
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                continue; // another start was quicker, or a backup was laid over the directory: both stay
            }
        }
        for (Path lock : list(internal(), "*" + LOCK)) {
            WriterLock.deleteIfDead(lock);
        }
        return aside;
    }

    private static java.util.Optional<SegmentName> nameOf(Path internalFile) {
        String name = String.valueOf(internalFile.getFileName());
        int end = name.indexOf(SegmentName.SUFFIX);
        return end < 0
                ? java.util.Optional.empty()
                : SegmentName.parse(name.substring(0, end + SegmentName.SUFFIX.length()));
    }

    private static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(paths::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return paths;
    }

    /**
     * Makes a file of ours that is not there yet.
     *
     * @param file the file
     * @param mode nine bits as in {@code 0640}
     * @return open for reading and writing
     * @throws IOException when it cannot be made; then there is none
     */
    public static FileChannel make(Path file, int mode) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            setMode(file, mode);
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Makes names in a directory survive a power cut.
     *
     * @param directory the directory
     * @throws IOException when the device refuses
     */
    public static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Sets a file's permissions, where the file system has such.
     *
     * @param file the file
     * @param mode nine bits as in {@code 0640}
     * @throws IOException when it has them and refuses
     */
    static void setMode(Path file, int mode) throws IOException {
        PosixFilePermission[] all = {
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_READ
        };
        Set<PosixFilePermission> wanted = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                wanted.add(all[bit]);
            }
        }
        try {
            Files.setPosixFilePermissions(file, wanted);
        } catch (UnsupportedOperationException e) {
            return; // a file system without them
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
