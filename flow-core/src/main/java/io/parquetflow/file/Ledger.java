package io.parquetflow.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * What happened to a sink's files on purpose: one line a deletion, {@code <time> <what> key=value …}, appended before
 * the deletion, so that a missing segment always has an explanation.
 *
 * <p>Not thread-safe; lines of several processes do not mix, since each is one append.
 */
public final class Ledger {
    private final Path path;
    private final int mode;

    /**
     * Names the file.
     *
     * @param directory the sink's directory
     * @param sink the sink's name
     * @param mode permissions of the file
     */
    public Ledger(FlowDirectory directory, String sink, int mode) {
        this.path = directory.internal().resolve(sink + ".ledger");
        this.mode = mode;
    }

    /**
     * Appends a line.
     *
     * @param what the deed
     * @param details key=value pairs
     * @throws IOException when it cannot be written
     */
    public void append(String what, String details) throws IOException {
        boolean made = !Files.exists(path);
        String line = Instant.now() + " " + what + " " + details + "\n";
        Files.writeString(path, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (made) {
            FlowDirectory.setMode(path, mode);
        }
    }
}
