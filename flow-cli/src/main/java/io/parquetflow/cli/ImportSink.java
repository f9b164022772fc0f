package io.parquetflow.cli;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import io.parquetflow.Stream;
import io.parquetflow.cli.captures.PayloadHandler;
import io.parquetflow.cli.captures.PayloadReader;
import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The sink of an import: it never refuses for lack of room, it waits. Lives as long as the command. Whoever stops the
 * command in the middle gets what was imported until then: a shutdown hook seals it.
 */
final class ImportSink implements AutoCloseable {
    /** A ring is emptied within seconds. A sink without room for so long has a full disk, or one that hangs. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(60);
    /** For the ring and the open row group, on a slow disk. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(60);

    private final Path directory;
    private final LogSink sink;
    private final Thread hook;

    private ImportSink(Path directory, LogSink sink) {
        this.directory = directory;
        this.sink = sink;
        this.hook = new Thread(() -> sink.close(CLOSE_WAIT), "flow-import-seal");
    }

    static ImportSink open(Path directory, String name, PrintWriter err) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new CommandFailed("[" + directory + "] is a file: name another --directory");
        }
        LogSink sink = LogSink.builder(directory)
                .name(name)
                .maxPayload(PayloadReader.MAX_PAYLOAD_BYTES)
                .jmx(false)
                .durability(Durability.OFF) // what is lost in a crash is imported again
                .diagnostics((level, line, cause) -> say(err, level, line))
                .build();
        ImportSink opened = new ImportSink(directory, sink);
        Runtime.getRuntime().addShutdownHook(opened.hook);
        return opened;
    }

    /** Takes the payloads of one capture. Throws {@link CommandFailed} once there is no hope that room will come. */
    PayloadHandler handler(String streamName) {
        Stream stream = sink.stream(streamName);
        return (bytes, offset, length, timeNs) -> {
            boolean timed = timeNs != PayloadReader.NO_TIME;
            long tsNs = timed ? timeNs : LogSink.OUR_CLOCK;
            long sourceNs = timed ? timeNs : LogSink.NO_SOURCE;
            if (!stream.record(bytes, offset, length, tsNs, sourceNs, MOST_WAIT)) {
                throw refused();
            }
        };
    }

    /** Closes the sink. {@code accepted} and {@code rowsSealed} of the answer are equal when nothing is missing. */
    SinkStats seal() {
        sink.close(CLOSE_WAIT);
        return sink.stats();
    }

    private CommandFailed refused() {
        SinkStats stats = sink.stats();
        String error = stats.lastError().isEmpty() ? "none" : stats.lastError();
        return new CommandFailed("[" + directory + "] the sink takes no more: state=" + stats.state() + ", waited="
                + MOST_WAIT.toSeconds() + "s at most, last error=" + error
                + "; make room on the disk and import the rest again");
    }

    private static void say(PrintWriter err, Diagnostics.Level level, String line) {
        if (level == Diagnostics.Level.WARN || level == Diagnostics.Level.ERROR) {
            err.println("flow: " + Text.oneLine(line));
            err.flush();
        }
    }

    @Override
    public void close() {
        sink.close(CLOSE_WAIT);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs already, and closing twice is fine
        }
    }
}
