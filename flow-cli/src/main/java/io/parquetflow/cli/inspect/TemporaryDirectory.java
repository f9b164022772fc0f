package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory that nobody else can look into, which goes when it is closed, or with the process when somebody stops it.
 *
 * <p>Not thread-safe, but for the hook that deletes it.
 */
final class TemporaryDirectory implements AutoCloseable {
    private final Path path;
    private final Thread hook = new Thread(this::deleteQuietly, "flow-temporary");

    TemporaryDirectory() throws IOException {
        path = Files.createTempDirectory("flow-live-"); // for the owner only
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs already, and finds nothing
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            return; // the system clears its temporary files some day
        }
    }
}
