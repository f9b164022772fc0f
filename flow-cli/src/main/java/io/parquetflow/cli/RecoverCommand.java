package io.parquetflow.cli;

import io.parquetflow.capture.DirectoryRecovery;
import io.parquetflow.capture.DirectoryRecovery.Outcome;
import io.parquetflow.capture.DirectoryRecovery.WriterReport;
import io.parquetflow.cli.RecoverReport.Line;
import io.parquetflow.cli.shell.FlowCommand;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.file.WriterLock.Life;
import io.parquetflow.spi.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Recovers what dead writers accepted and did not seal, without a sink. The next start of a sink does the same by itself;
 * this is for those who want the rows before, or want to look first.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "recover",
        description = {
            "Write what dead writers accepted and did not seal into segments (…-recovered.parquet), out of their journals"
                    + " and slabs. The next start of a sink in the directory does so by itself. Stopped in the middle, it"
                    + " can be done again: no record is lost, none comes twice. Living writers are left alone. What"
                    + " nobody understands is set aside in _flow, never deleted.",
            "Payloads for a decoder are left to the sink that has it; --raw keeps them as they are, in _recovered.",
            "Exit code 1 when something could not be recovered."
        })
public final class RecoverCommand extends FlowCommand {
    @Parameters(paramLabel = "DIR", description = "A sink's directory; several sinks may share it.")
    private Path target;

    @Option(names = "--dry-run", description = "Say what there is, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--raw",
            description = "Also recover payloads for a decoder, as they are. No decoder sees them then.")
    private boolean raw;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    /** What picocli fills in. */
    public RecoverCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(target)) {
            throw new NoSuchFileException(target.toString());
        }
        if (!Files.isDirectory(target)) {
            throw new NotDirectoryException(target.toString());
        }
        DirectoryRecovery recovery = new DirectoryRecovery(target);
        List<WriterReport> writers = recovery.inspect();
        List<Line> lines = dryRun ? wouldBe(writers) : recover(recovery, writers);
        RecoverReport report = new RecoverReport(dryRun, lines, recovery.setAside());
        if (json) {
            report.printJson(out());
        } else {
            report.printText(out(), terminal());
        }
        return report.failed() ? FAILED : OK;
    }

    private List<Line> wouldBe(List<WriterReport> writers) {
        return writers.stream().map(writer -> Line.planned(writer, raw)).toList();
    }

    private List<Line> recover(DirectoryRecovery recovery, List<WriterReport> writers) {
        List<Line> lines = new ArrayList<>();
        boolean visible = !json && terminal().colours() && System.getenv("CI") == null;
        long bytes = writers.stream()
                .filter(writer -> writer.life() == Life.DEAD)
                .mapToLong(WriterReport::journalBytes)
                .sum();
        try (RecoverProgress progress = RecoverProgress.start(bytes, visible)) {
            for (WriterReport writer : writers) {
                try {
                    Outcome outcome = recovery.recover(writer.writer(), raw, this::say, progress, new DiskPatience());
                    lines.add(Line.done(writer, outcome));
                } catch (IOException
                        | UncheckedIOException
                        | IllegalArgumentException e) { // one that cannot be read does not keep the others out
                    complain(e);
                    lines.add(Line.broken(writer, e));
                }
            }
        }
        return lines;
    }

    private void say(Diagnostics.Level level, String line, Throwable cause) {
        if (level == Diagnostics.Level.WARN || level == Diagnostics.Level.ERROR) {
            err().println("flow: " + Text.oneLine(line));
            err().flush();
        }
    }
}
