package io.parquetflow.agentit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory for the slabs of all applications of this run: nobody else would delete those of applications that are killed. */
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
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
