package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.FlowCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints what segments hold and what was dropped.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "stats",
        description =
                "Rows, bytes, codecs, encodings, ratio, time span, gaps and drops, per segment and in all; how each column is"
                        + " stored; payloads that no rows could be made of.")
public final class StatsCommand extends FlowCommand {
    @Parameters(paramLabel = "FILE|DIR", description = "A segment, or a sink's directory.")
    private Path target;

    @Mixin
    private LiveOption live;

    @Option(names = "--json", description = "One JSON object instead of tables.")
    private boolean json;

    /** What picocli fills in. */
    public StatsCommand() {}

    @Override
    public Integer call() throws IOException {
        try (SegmentSet set = live.open(target)) {
            set.tell(err());
            return print(set.files());
        }
    }

    private int print(List<Path> files) throws IOException {
        List<SegmentStats> segments = new ArrayList<>();
        int unreadable = 0;
        for (Path file : files) {
            try {
                segments.add(SegmentStats.read(file));
            } catch (IOException e) {
                unreadable++;
                complain(e);
            }
        }
        RejectTotals rejects = RejectTotals.of(target, this::complain);
        if (!segments.isEmpty()) {
            StatsOutput output = new StatsOutput(segments, rejects, Files.isDirectory(target) ? target : null);
            if (json) {
                output.printJson(out());
            } else {
                output.printText(out(), terminal());
            }
        }
        return unreadable + rejects.unreadable() == 0 ? OK : FAILED;
    }
}
