package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.FlowCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs a SELECT over the sealed segments. DuckDB is loaded only when this is called.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "sql",
        description = {
            "Run a SELECT over the sealed segments with DuckDB.",
            "Each sink is a view of its name; the view capture is the only sink, or all of them where"
                    + " their columns go together. Nothing is changed, and"
                    + " nothing but the segments is read unless --allow says so.",
            "The view logs is all log events in the directory, of whatever sink, with all columns that any segment has;"
                    + " flow logs prints them.",
            "With --live, payloads for a decoder that are not sealed yet are in the view SINK_undecoded, as they are."
        })
public final class SqlCommand extends FlowCommand {
    private static final long TABLE_ROWS = 1000;

    /** What the result is printed as. */
    enum Format {
        /** Aligned columns for a person. */
        TABLE,
        /** Comma-separated values with a header. */
        CSV,
        /** One JSON object a line. */
        JSON,
        /** A Parquet file, with {@code --output}. */
        PARQUET
    }

    @Parameters(index = "0", paramLabel = "SELECT", description = "The statement, in one word: quote it for the shell.")
    private String statement;

    @Parameters(index = "1", paramLabel = "DIR", description = "A sink's directory, or one segment.")
    private Path target;

    @Mixin
    private LiveOption live;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "F",
            description = "table, csv, json (an object a line) or parquet (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a new file instead of the screen; required for parquet.")
    private Path output;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Print at most N rows, 0 for all (default: " + TABLE_ROWS + " for tables, else all).")
    private Long limit;

    @Option(
            names = "--width",
            defaultValue = "80",
            paramLabel = "N",
            description = "Cut a table's values to N characters.")
    private int width;

    @Option(names = "--full", description = "Do not cut a table's values.")
    private boolean full;

    @Option(
            names = "--allow",
            paramLabel = "PATH",
            description = "Another file or directory that the statement may read.")
    private List<Path> allowed = new ArrayList<>();

    /** What picocli fills in. */
    public SqlCommand() {}

    @Override
    public Integer call() throws IOException {
        checkOptions();
        if (output != null && Files.exists(output)) {
            throw new FileAlreadyExistsException(output.toString());
        }
        List<Path> reachable = new ArrayList<>(allowed);
        if (format == Format.PARQUET) {
            reachable.add(output);
        }
        try (SegmentSet segments = live.open(target);
                CaptureDatabase database = CaptureDatabase.open(segments.files(), segments.undecoded(), reachable)) {
            segments.tellRemarks(err());
            if (format == Format.PARQUET) {
                database.copyTo(statement, output);
            } else if (output == null) {
                run(database, out(), terminal().interactive());
            } else {
                runToFile(database);
            }
        } catch (SQLException e) {
            throw new CommandFailed("sql: " + CaptureDatabase.words(e), e);
        }
        return OK;
    }

    private void checkOptions() {
        if (format == Format.PARQUET && output == null) {
            throw misuse("--format parquet needs --output FILE");
        }
        if (format == Format.PARQUET && limit != null) {
            throw misuse("--limit is for what is printed; put a LIMIT into the statement");
        }
        if (width < 1 || (limit != null && limit < 0)) {
            throw misuse("--width must be at least 1 and --limit at least 0");
        }
    }

    private void runToFile(CaptureDatabase database) throws IOException, SQLException {
        boolean whole = false;
        try (PrintWriter file = new PrintWriter(
                Files.newBufferedWriter(output, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
            run(database, file, false);
            if (file.checkError()) {
                throw new IOException("[" + output + "] cannot be written; is the disk full?");
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(output);
            }
        }
    }

    private void run(CaptureDatabase database, PrintWriter to, boolean onScreen) throws IOException, SQLException {
        ResultPrinter printer =
                switch (format) {
                    case CSV -> new CsvResult(to, onScreen);
                    case JSON -> new JsonResult(to);
                    case TABLE, PARQUET -> new TableResult(to, terminal(), full ? 0 : width);
                };
        long most = limit != null ? limit : format == Format.TABLE ? TABLE_ROWS : 0;
        database.select(statement, printer, most);
    }
}
