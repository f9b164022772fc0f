package io.parquetflow.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

    /** The directory for payloads of dead writers that nobody here can make rows of. */
    public static final String RECOVERED = "_recovered";

    static final String IN_PROGRESS = ".inprogress";
    static final String UNSEALED = ".unsealed";
    static final String LOCK = ".lock";
    private static final String DAMAGED = ".damaged";

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
     * Where a writer's lock is.
     *
     * @param writer the writer's name
     * @return a path in {@code _flow}
     */
    public Path lock(String writer) {
        return internal().resolve(writer + LOCK);
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
        return rejects(name.fileName());
    }

    /**
     * Where the payloads go that no rows could be made of, once their segment is sealed.
     *
     * @param segment the segment's file name
     * @return a path in {@code _rejects}
     */
    public Path rejects(String segment) {
        return root.resolve(REJECTS).resolve(segment + ".rejects");
    }

    /**
     * Where a segment of raw payloads goes that were meant to be decoded.
     *
     * @param name the segment
     * @return a path in {@code _recovered}
     */
    public Path recovered(SegmentName name) {
        return root.resolve(RECOVERED).resolve(name.fileName() + ".recovered");
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
     * Sets aside what dead writers left open, and takes their locks away. What a live writer has is not touched, nor what
     * can be recovered.
     *
     * @param recoverable writers that left a journal or a slab
     * @return the new names
     * @throws IOException when the directory cannot be read or a file not be renamed
     */
    public List<Path> setAsideLeftOvers(Set<String> recoverable) throws IOException {
        List<Path> aside = new ArrayList<>();
        for (Path path : list(internal(), "*" + IN_PROGRESS)) {
            try {
                setAsideLeftOver(path, recoverable).ifPresent(aside::add);
            } catch (IOException e) {
                continue; // it stays, under its name: no reason not to start
            }
        }
        for (Path lock : list(internal(), "*" + LOCK)) {
            if (!recoverable.contains(WriterLock.writerOf(lock))) {
                try {
                    WriterLock.deleteIfDead(lock);
                } catch (IOException e) {
                    continue; // the same
                }
            }
        }
        return aside;
    }

    private Optional<Path> setAsideLeftOver(Path path, Set<String> recoverable) throws IOException {
        Optional<SegmentName> name = nameOf(path);
        if (name.isEmpty()
                || recoverable.contains(name.get().writer())
                || lock(name.get().writer()).toFile().length() > 0 // began, and died, since we looked
                || WriterLock.isLive(internal(), name.get().writer())) {
            return Optional.empty();
        }
        if (hasTwoNames(path)) { // sealed; only this name could not be taken away then
            Files.deleteIfExists(path);
            return Optional.empty();
        }
        String file = String.valueOf(path.getFileName()); // a segment, or its rejects
        Path target = internal().resolve(file.substring(0, file.length() - IN_PROGRESS.length()) + UNSEALED);
        try {
            return Optional.of(Files.move(path, target));
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            return Optional.empty(); // another start was quicker, or a backup was laid over the directory: both stay
        }
    }

    /**
     * Writers that have a lock file with something in it: a slab was theirs.
     *
     * @return names, of the living as well
     * @throws IOException when the directory cannot be read
     */
    public Set<String> writersWithNotes() throws IOException {
        Set<String> writers = new TreeSet<>();
        for (Path lock : list(internal(), "*" + LOCK)) {
            String writer = WriterLock.writerOf(lock);
            if (WriterId.PATTERN.matcher(writer).matches() && lock.toFile().length() > 0) { // others have locks, too
                writers.add(writer);
            }
        }
        return writers;
    }

    /**
     * What a writer has open, and what it left so.
     *
     * @param writer the writer's name
     * @return files that are no segments yet
     * @throws IOException when the directory cannot be read
     */
    public List<Path> open(String writer) throws IOException {
        List<Path> paths = list(internal(), "*" + writer + "*" + IN_PROGRESS);
        paths.removeIf(
                path -> nameOf(path).filter(n -> n.writer().equals(writer)).isEmpty());
        return paths;
    }

    /**
     * A name for an open file that keeps refusing, and is replaced.
     *
     * @param open its name so far
     * @return one that is free
     */
    public static Path damaged(Path open) {
        for (int i = 0; ; i++) {
            Path candidate = open.resolveSibling(open.getFileName() + (i == 0 ? DAMAGED : DAMAGED + "." + i));
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }

    /**
     * Files of a writer that were replaced, of segments that were not sealed.
     *
     * @param writer the writer's name
     * @param lastSealed number of the writer's last segment that is sealed
     * @return paths in {@code _flow}
     * @throws IOException when the directory cannot be read
     */
    public List<Path> replaced(String writer, int lastSealed) throws IOException {
        List<Path> paths = list(internal(), "*" + writer + "*" + IN_PROGRESS + DAMAGED + "*");
        paths.removeIf(path -> nameOf(path)
                .filter(n -> n.writer().equals(writer) && n.number() > lastSealed)
                .isEmpty());
        return paths;
    }

    /**
     * Gives a file in {@code _flow} a name that nobody takes for what it seemed to be, and never deletes.
     *
     * @param path the file
     * @param ending what to say of it
     * @return its new name
     * @throws IOException when it cannot be renamed
     */
    public static Path setAside(Path path, String ending) throws IOException {
        for (int i = 0; ; i++) {
            Path target = path.resolveSibling(path.getFileName() + ending + (i == 0 ? "" : "." + i));
            try {
                return Files.move(path, target);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
        }
    }

    /**
     * Takes away the names of sealed segments that are not whole, which only a power cut leaves behind where nothing was
     * forced.
     *
     * @param sink the writer's sink
     * @param writer the writer's name
     * @return the new names
     * @throws IOException when the directory cannot be read or a file not be renamed
     */
    public List<Path> setAsideShort(String sink, String writer) throws IOException {
        List<Path> aside = new ArrayList<>();
        for (SealedFile file : sealed(sink)) {
            if (file.name().writer().equals(writer) && !SegmentTail.isThere(file.path())) {
                aside.add(setAside(file.path(), ".short"));
            }
        }
        return aside;
    }

    /**
     * Whether an open file is sealed, though it still has its name in {@code _flow}, or has none any more.
     *
     * @param open the open file's name, without the ending of open files
     * @param segment the path of the segment below the root
     * @return false while it is only open
     * @throws UncheckedIOException when that cannot be found out now
     */
    public boolean isSealed(String open, String segment) {
        try {
            return SegmentTail.isThere(root.resolve(segment)); // a power cut may have taken what was in it
        } catch (NoSuchFileException e) {
            // moved on by its user, or never named: the open file tells
        } catch (IOException e) {
            throw new UncheckedIOException(e); // both answers could be wrong
        }
        Path path = internal().resolve(open + IN_PROGRESS);
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hasTwoNames(path); // the user has moved the segment on before the second one could be taken away
    }

    private static boolean hasTwoNames(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<SegmentName> nameOf(Path internalFile) {
        String name = String.valueOf(internalFile.getFileName());
        int end = name.indexOf(SegmentName.SUFFIX);
        return end < 0 ? Optional.empty() : SegmentName.parse(name.substring(0, end + SegmentName.SUFFIX.length()));
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
