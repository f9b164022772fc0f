package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.FlowCommand;
import io.parquetflow.cli.shell.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints rows: what {@code cat} and {@code head} have in common.
 *
 * <p>Not thread-safe: one run on one thread.
 */
abstract class RowsCommand extends FlowCommand {
    /** Rows between looks at whether anybody still reads the output. */
    private static final int ROWS_PER_CHECK = 512;

    @Parameters(
            paramLabel = "FILE|DIR",
            description = "A segment, a file of rejects, or a sink's directory (oldest segment first).")
    private Path target;

    @Mixin
    private LiveOption live;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Only these top-level columns, in this order; separated by commas.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--width",
            defaultValue = "80",
            paramLabel = "N",
            description = "Cut values to N characters (default: ${DEFAULT-VALUE}).")
    private int width;

    @Option(names = "--full", description = "Do not cut values.")
    private boolean full;

    @Option(
            names = "--json",
            description = "One JSON object a line; bytes that are not readable text as <column>_base64.")
    private boolean json;

    /** The most rows to print, negative for all. */
    abstract long limit();

    @Override
    public final Integer call() throws IOException {
        if (width < 1) {
            throw misuse("--width must be at least 1, not " + width);
        }
        try (SegmentSet segments = live.open(target)) {
            segments.tell(err());
            if (json) {
                Json lines = Json.lines(out());
                print(segments.files(), (names, row) -> lines.write(row));
            } else {
                RowTable table = new RowTable(out(), terminal(), full ? 0 : width);
                print(segments.files(), table);
                table.flush();
            }
        }
        return OK;
    }

    private void print(List<Path> files, RowPrinter printer) throws IOException {
        long left = limit();
        long printed = 0;
        for (Path file : files) {
            if (left == 0) {
                return;
            }
            try (SegmentRows rows = SegmentRows.open(file, columns)) {
                Map<String, Object> row;
                while (left != 0 && (row = rows.next()) != null) {
                    printer.print(rows.columns(), row);
                    left--;
                    if (++printed % ROWS_PER_CHECK == 0 && out().checkError()) {
                        return;
                    }
                }
            }
        }
    }

    /** Takes one row. */
    interface RowPrinter {
        void print(List<String> columns, Map<String, Object> row) throws IOException;
    }
}
