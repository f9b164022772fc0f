package io.parquetflow.cli.inspect;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints the first rows.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(name = "head", description = "Print the first rows of a segment, or of a directory's oldest one.")
public final class HeadCommand extends RowsCommand {
    @Option(
            names = {"-n", "--rows"},
            defaultValue = "10",
            paramLabel = "N",
            description = "At most N rows (default: ${DEFAULT-VALUE}).")
    private long rows;

    /** What picocli fills in. */
    public HeadCommand() {}

    @Override
    long limit() {
        if (rows < 0) {
            throw misuse("-n must not be negative");
        }
        return rows;
    }
}
