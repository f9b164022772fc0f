package io.parquetflow.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory for the slabs of all applications of this run: nobody would ever delete those of applications that end without a stop. */
final class SharedMemory {
    private static final Path MEMORY = Path.of("/dev/shm");

    private static Path directory;

    private SharedMemory() {}

    static synchronized Path ofThisRun() throws IOException {
        if (directory == null) {
            Path made = Files.createTempDirectory(Files.isDirectory(MEMORY) ? MEMORY : Path.of("target"), "flow-it");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            directory = made;
        }
        return directory;
    }

    private static void delete(Path path) {
        try {
            try (var files = Files.list(path)) {
                for (Path file : List.copyOf(files.toList())) {
                    Files.delete(file);
                }
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
