package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.FlowCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Reads every page of every segment and says whether all is in order.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "verify",
        description =
                "Read every page of every segment; check checksums, levels, counts, values, statistics, indexes,"
                        + " bloom filters, footers and the continuity of the sequence; rejects too. Exit code 1 when something is wrong.")
public final class VerifyCommand extends FlowCommand {
    @Parameters(paramLabel = "FILE|DIR", description = "A segment, or a sink's directory.")
    private Path target;

    @Mixin
    private LiveOption live;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    /** What picocli fills in. */
    public VerifyCommand() {}

    @Override
    public Integer call() throws IOException {
        try (SegmentSet segments = live.open(target)) {
            segments.tell(err());
            return verify(segments.files());
        }
    }

    private int verify(List<Path> files) throws IOException {
        List<Path> all = new ArrayList<>(files);
        all.addAll(SegmentFiles.rejects(target));
        List<SegmentReport> reports = new ArrayList<>();
        try (ScanProgress progress = ScanProgress.start(all, terminal().interactive() && !json)) {
            for (Path file : all) {
                reports.add(SegmentScan.scan(file, progress));
            }
        }
        VerifyOutput output = new VerifyOutput(
                reports.subList(0, files.size()),
                reports.subList(files.size(), all.size()),
                WriterContinuity.check(reports));
        if (json) {
            output.printJson(out());
        } else {
            output.printText(out(), terminal());
        }
        return output.passed() ? OK : FAILED;
    }
}
