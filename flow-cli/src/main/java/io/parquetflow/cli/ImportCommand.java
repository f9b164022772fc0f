package io.parquetflow.cli;

import io.parquetflow.cli.ImportReport.Imported;
import io.parquetflow.cli.captures.CaptureImport;
import io.parquetflow.cli.captures.PacketFilter;
import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.FlowCommand;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Turns captures that exist already into Parquet. A packet's own time becomes {@code ts} and {@code source_ts_ns}, the
 * file's name the stream.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "import",
        description = "Turn captures into Parquet: pcap, pcapng and text logs (a line is a payload), plain, gzip or"
                + " zstd, told by their content. UDP and TCP payloads are taken, fragments and all else are counted."
                + " Nothing is dropped: the import waits for room. Exit code 1 when a file cannot be read, is empty,"
                + " is damaged or ends inside a packet; what came before is kept in any case.")
public final class ImportCommand extends FlowCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Captures; their names become the streams.")
    private List<Path> files;

    @Option(
            names = {"-d", "--directory"},
            required = true,
            paramLabel = "DIR",
            description = "Where the segments go; made if it is not there.")
    private Path directory;

    @Option(
            names = "--name",
            defaultValue = "capture",
            paramLabel = "NAME",
            description = "The sink's name, the first part of each segment's name (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--udp-port",
            paramLabel = "PORT[-PORT]",
            description = "Only UDP from or to this port or range. May be repeated.")
    private List<String> udpPorts = List.of();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS[/BITS]",
            description = "Only packets from or to this IP address or network. May be repeated.")
    private List<String> hosts = List.of();

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

    /** What picocli fills in. */
    public ImportCommand() {}

    @Override
    public Integer call() throws IOException {
        PacketFilter filter = filter();
        ImportReport report;
        try (ImportSink sink = openSink()) {
            List<Imported> imported = importAll(sink, filter);
            report = new ImportReport(directory, imported, sink.seal());
            imported.forEach(file -> file.failure().ifPresent(this::complain));
        }
        report.complaints().forEach(line -> err().println("flow: " + Text.oneLine(line)));
        err().flush();
        if (json) {
            report.printJson(out());
        } else {
            report.printText(out());
        }
        return report.failed() ? FAILED : OK;
    }

    private PacketFilter filter() {
        try {
            return PacketFilter.of(udpPorts, hosts);
        } catch (IllegalArgumentException wrong) {
            throw misuse(wrong.getMessage());
        }
    }

    private ImportSink openSink() throws IOException {
        try {
            return ImportSink.open(directory, name, err());
        } catch (IllegalArgumentException wrong) {
            throw misuse(wrong.getMessage());
        }
    }

    /** One file that cannot be read does not keep the others out; a sink that takes no more does. */
    private List<Imported> importAll(ImportSink sink, PacketFilter filter) {
        List<Imported> imported = new ArrayList<>();
        boolean visible = !json && terminal().colours() && System.getenv("CI") == null;
        try (ImportProgress progress = ImportProgress.start(files, visible)) {
            for (Path file : files) {
                String stream = String.valueOf(file.toAbsolutePath().getFileName());
                try {
                    CaptureImport capture = new CaptureImport(filter, sink.handler(stream), progress);
                    imported.add(Imported.read(file, stream, capture.read(file)));
                } catch (IOException unreadable) {
                    imported.add(Imported.failed(file, stream, unreadable));
                } catch (CommandFailed sinkGaveUp) {
                    imported.add(Imported.failed(file, stream, sinkGaveUp));
                    break;
                }
                progress.nextFile();
            }
        }
        return imported;
    }
}
