package io.parquetflow.bench.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Fresh directories for segments, and an end of them: a run leaves gigabytes behind. */
public final class Directories {
    private static final Path MEMORY = Path.of("/dev/shm");

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
}
