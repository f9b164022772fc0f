package io.parquetflow.bench.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Fresh directories for segments, and an end of them: a run leaves gigabytes behind. */
public final class Directories {
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NS = 100_000_000;

    private Directories() {}

    /**
     * Where segments go when nobody says: a memory file system where there is one, so that the disk is not what is
     * measured.
     *
     * @return a directory that is there
     */
    public static Path base() {
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /**
     * Deletes what is in a directory, and leaves it.
     *
     * @param directory one of ours
     * @throws IOException when something cannot be deleted
     */
    public static void empty(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            if (!path.equals(directory)) {
                Files.deleteIfExists(path);
            }
        }
    }

    /**
     * Deletes a directory and what is in it.
     *
     * @param directory one of ours
     * @throws IOException when something cannot be deleted
     */
    public static void delete(Path directory) throws IOException {
        empty(directory);
        Files.deleteIfExists(directory);
    }

    /**
     * Deletes a directory when this process ends, however it is ended: what is left in a memory file system is memory.
     *
     * @param directory one of ours; it may be gone by then
     */
    public static void deleteAtExit(Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deletePatiently(directory), "bench-delete"));
    }

    /** The process that writes there is being ended at this moment, and may still make a file or two. */
    private static void deletePatiently(Path directory) {
        for (int i = 0; i < ATTEMPTS && Files.exists(directory); i++) {
            try {
                delete(directory);
            } catch (IOException | UncheckedIOException e) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }
}
