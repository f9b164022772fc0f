package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * {@code --live}, for the commands that read segments.
 *
 * <p>Not thread-safe: one run on one thread.
 */
final class LiveOption {
    @Option(
            names = "--live",
            description = "Also what is not sealed yet, out of the journals of running and of dead writers: only reads,"
                    + " and is one batch behind a ring. What a dead writer's slab holds comes with flow recover.")
    private boolean live;

    /** What the command reads; to be closed when it has. */
    SegmentSet open(Path target) throws IOException {
        if (!live) {
            return SegmentSet.sealed(target);
        }
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new CommandFailed("[" + target + "] is a file: --live looks into a sink's directory");
        }
        return LiveReading.of(target);
    }
}
