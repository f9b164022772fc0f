package io.parquetflow.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parquetflow.spi.PublicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Tells the living writers from the dead: each holds a lock on {@code _flow/<writer>.lock} until it is closed or its
 * process dies, which the kernel notices. Never a process id: those come again.
 *
 * <p>Closing any descriptor of a file drops the POSIX locks that the process has on it. So within a JVM nothing opens a
 * living writer's lock file: the system properties say which writers live here, across class loaders.
 *
 * <p>Thread-safe, but for a lock's own methods.
 */
public final class WriterLock implements AutoCloseable {
    /** The same in every copy of this class, wherever a build has moved it. */
    private static final String PROPERTY = PublicName.DOTTED + ".writer.";

    /** Until it is locked: the starts of other processes delete a {@code .lock} that nobody holds. */
    private static final String NOT_YET = ".new";

    private static final int MOST_NOTE_BYTES = 64 << 10;
    /** Of a lock that was adopted, should its file have to be made again. */
    private static final int DEFAULT_MODE = 0640;

    /** Ends a note: no path has it, and a power cut leaves nothing but it. */
    private static final char END = '\0';

    private final Path path;
    private final String writer;
    private final int mode;
    private FileChannel channel;
    private String note = "";

    private WriterLock(Path path, String writer, FileChannel channel, int mode) {
        this.path = path;
        this.writer = writer;
        this.channel = channel;
        this.mode = mode;
    }

    /**
     * Takes the lock of a new writer.
     *
     * @param internal the {@code _flow} directory
     * @param writer the writer's name
     * @param mode permissions of its file: whoever may write to it may recover the writer when it is dead
     * @return the lock, held until it is closed
     * @throws IOException when the file cannot be made or locked
     */
    public static WriterLock take(Path internal, String writer, int mode) throws IOException {
        Path path = internal.resolve(writer + FlowDirectory.LOCK);
        System.setProperty(PROPERTY + writer, path.toString());
        try {
            return new WriterLock(path, writer, lock(path, mode), mode);
        } catch (IOException | RuntimeException e) {
            System.clearProperty(PROPERTY + writer);
            throw e;
        }
    }

    /**
     * Takes over from a dead writer: whoever else wants to, from now on, finds it taken.
     *
     * @param internal the {@code _flow} directory
     * @param writer the dead writer's name
     * @return the lock, or empty when the writer lives, another process was quicker, or it is another user's
     * @throws IOException when the lock file cannot be opened or made
     */
    public static Optional<WriterLock> adopt(Path internal, String writer) throws IOException {
        Path path = internal.resolve(writer + FlowDirectory.LOCK);
        if (System.getProperties().putIfAbsent(PROPERTY + writer, path.toString()) != null) {
            return Optional.empty();
        }
        WriterLock adopted = null;
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            adopted = locked(path, writer, channel);
            return Optional.ofNullable(adopted);
        } catch (AccessDeniedException e) {
            return Optional.empty();
        } finally {
            if (adopted == null) {
                System.clearProperty(PROPERTY + writer);
            }
        }
    }

    /** Null when somebody else has it, or had it and deleted the file while we opened it. */
    private static WriterLock locked(Path path, String writer, FileChannel channel) throws IOException {
        boolean ours = false;
        try {
            ours = channel.tryLock() != null && isStill(path, channel);
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!ours) {
                channel.close();
            }
        }
        if (!ours) {
            return null;
        }
        WriterLock lock = new WriterLock(path, writer, channel, DEFAULT_MODE);
        lock.note = read(channel);
        return lock;
    }

    /**
     * A file that was deleted while we opened it can be locked, for nothing. Killed in here, we leave the probe behind the
     * note's end.
     */
    private static boolean isStill(Path path, FileChannel channel) throws IOException {
        ByteBuffer probe = ByteBuffer.wrap((END + "probe").getBytes(US_ASCII));
        long at = channel.size();
        channel.write(probe, at);
        try { // without opening it: closing it again would drop the lock
            return Files.size(path) == at + probe.limit();
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            channel.truncate(at);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate((int) Math.min(channel.size(), MOST_NOTE_BYTES));
        while (text.hasRemaining() && channel.read(text, text.position()) >= 0) {
            continue;
        }
        String note = UTF_8.decode(text.flip()).toString();
        int end = note.indexOf(END);
        return end < 0 ? note : note.substring(0, end);
    }

    /**
     * Writes into the file what whoever adopts it has to know.
     *
     * @param text short, one line
     * @throws IOException when it cannot be written
     */
    public void note(String text) throws IOException {
        write(channel, text);
        note = text;
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = UTF_8.encode(text.isEmpty() ? "" : text + END);
        channel.truncate(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    /**
     * What {@link #note(String)} wrote, in this life or the one before.
     *
     * @return empty where nothing was
     */
    public String note() {
        return note;
    }

    private static FileChannel lock(Path path, int mode) throws IOException {
        Path unlocked = path.resolveSibling(path.getFileName() + NOT_YET);
        Files.deleteIfExists(unlocked); // of an attempt that failed: the name is this writer's alone
        FileChannel channel = FileChannel.open(
                unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FlowDirectory.setMode(unlocked, mode);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("[" + unlocked + "] another process holds the lock of a writer that is new");
            }
            Files.move(unlocked, path); // the lock is on the file, whatever its name
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            try {
                Files.deleteIfExists(unlocked);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /**
     * Takes the lock again where its file was deleted or moved away. The writer thread, like {@link #close}.
     *
     * @throws IOException when the file cannot be made or locked
     */
    public void retakeIfGone() throws IOException {
        if (!Files.exists(path)) {
            FileChannel again = lock(path, mode);
            channel.close(); // another file's locks by now
            channel = again;
            write(channel, note);
        }
    }

    /**
     * Whether a writer lives, in this process or another.
     *
     * @param internal the {@code _flow} directory
     * @param writer the writer's name
     * @return false when nobody holds its lock
     * @throws IOException when the lock file cannot be opened
     */
    static boolean isLive(Path internal, String writer) throws IOException {
        if (System.getProperty(PROPERTY + writer) != null) {
            return true;
        }
        try (FileChannel channel =
                FileChannel.open(internal.resolve(writer + FlowDirectory.LOCK), StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException | AccessDeniedException e) {
            return true; // another user's: not ours to judge, nor to touch
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** What can be seen of a writer. */
    public enum Life {
        /** Somebody holds its lock. */
        ALIVE,
        /** Nobody does. */
        DEAD,
        /** Its lock file is another user's. */
        UNKNOWN
    }

    /**
     * What can be seen of a writer without writing.
     *
     * @param life whether it lives
     * @param note what it left for whoever adopts it; empty unless it is dead
     */
    public record Sight(Life life, String note) {}

    /**
     * Looks at a writer. Nothing is written, and a directory that may only be read is good enough. For the moment of the
     * look a dead writer's lock is shared: whoever wants to adopt it just then finds it taken, and comes again.
     *
     * @param internal the {@code _flow} directory
     * @param writer the writer's name
     * @return what there is to see
     * @throws IOException when the lock file cannot be read
     */
    public static Sight look(Path internal, String writer) throws IOException {
        if (System.getProperty(PROPERTY + writer) != null) {
            return new Sight(Life.ALIVE, "");
        }
        try (FileChannel channel =
                FileChannel.open(internal.resolve(writer + FlowDirectory.LOCK), StandardOpenOption.READ)) {
            boolean free = channel.tryLock(0, Long.MAX_VALUE, true) != null;
            return free ? new Sight(Life.DEAD, read(channel)) : new Sight(Life.ALIVE, "");
        } catch (OverlappingFileLockException e) {
            return new Sight(Life.ALIVE, "");
        } catch (AccessDeniedException e) {
            return new Sight(Life.UNKNOWN, "");
        } catch (NoSuchFileException e) {
            return new Sight(Life.DEAD, "");
        }
    }

    /** The writer in a lock file's name. */
    static String writerOf(Path lock) {
        String name = String.valueOf(lock.getFileName());
        return name.substring(0, name.length() - FlowDirectory.LOCK.length());
    }

    /** Deletes a dead writer's lock file while holding it. */
    static void deleteIfDead(Path lock) throws IOException {
        String writer = writerOf(lock);
        if (!WriterId.PATTERN.matcher(writer).matches() || System.getProperty(PROPERTY + writer) != null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null && channel.size() == 0) { // with a note in it, there is something to recover
                Files.deleteIfExists(lock);
            }
        } catch (OverlappingFileLockException | NoSuchFileException | AccessDeniedException e) {
            return; // alive after all, or gone, or another user's
        }
    }

    /** Gives the lock back, as the death of the process would: the file stays, for whoever adopts it. */
    public void leave() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // the lock goes with the process, then
        } finally {
            System.clearProperty(PROPERTY + writer);
        }
    }

    /**
     * Whose it is.
     *
     * @return the writer's name
     */
    public String writer() {
        return writer;
    }

    /** Gives the lock back and deletes its file. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            channel.close();
            System.clearProperty(PROPERTY + writer);
        }
    }
}
