package io.parquetflow.cli.inspect;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints all rows.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(name = "cat", description = "Print the rows of a segment, or of all segments of a directory.")
public final class CatCommand extends RowsCommand {
    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            description = "At most N rows (default: all).")
    private Long rows;

    /** What picocli fills in. */
    public CatCommand() {}

    @Override
    long limit() {
        if (rows != null && rows < 0) {
            throw misuse("-n must not be negative");
        }
        return rows == null ? -1 : rows;
    }
}
