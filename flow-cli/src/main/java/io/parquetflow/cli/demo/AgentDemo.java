package io.parquetflow.cli.demo;

import io.parquetflow.cli.Flow;
import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.FlowCommand;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code flow demo --agent}: what the agent captured, beside what the receiver counted.
 *
 * <p>Not thread-safe.
 */
final class AgentDemo {
    private final Flow flow;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Path directory;

    AgentDemo(Flow flow, PrintWriter out, PrintWriter err, Path directory) {
        this.flow = flow;
        this.out = out;
        this.err = err;
        this.directory = directory;
    }

    int run(Path jar, long count, long rate) throws IOException, InterruptedException {
        Set<Path> before = segments();
        String run = "capture where payload is not null and ts_ns >= " + MarketFeed.now();
        out.printf(
                Locale.ROOT, "A receiver that knows nothing of us, and %,d datagrams a second over loopback:%n", rate);
        out.println("  java -javaagent:" + jar.getFileName() + "=directory=" + directory + ",taps=udp …");
        out.flush();
        PlainProcess receiver = new PlainProcess(jar, directory, this::isSaid);
        receiver.run(count, rate);
        long[] captured = numbers("select count(*), coalesce(sum(octet_length(payload)), 0),"
                + " coalesce(sum(lost), 0)::bigint from " + run);
        Set<Path> sealed = segments();
        sealed.removeAll(before);
        out.println();
        out.printf(Locale.ROOT, "%-22s %12s %14s%n", "", "datagrams", "bytes");
        out.printf(Locale.ROOT, "%-22s %,12d %,14d%n", "the receiver counted", receiver.datagrams(), receiver.bytes());
        out.printf(Locale.ROOT, "%-22s %,12d %,14d%n", "captured", captured[0], captured[1]);
        out.printf(Locale.ROOT, "%-22s %,12d%n", "lost, by the files", captured[2]);
        out.printf(Locale.ROOT, "%-22s %,12d%n%n", "segments", sealed.size());
        sql(out, "select local, remote, thread_name, count(*) as datagrams from " + run + " group by all");
        out.println();
        out.println("Next:");
        out.println("  ./flow stats " + directory);
        out.println("  ./flow sql \"select ts, remote, payload from capture limit 5\" " + directory);
        out.println("  ./flow attach PID directory=capture taps=udp       the same in a process that runs already");
        out.flush();
        if (captured[0] + captured[2] != receiver.datagrams()) {
            throw new CommandFailed("captured and lost are not what was received; is another process writing to "
                    + directory.toAbsolutePath() + "?");
        }
        return FlowCommand.OK;
    }

    /** Of the receiver's process: its own output and the agent's line. */
    private void isSaid(String line) {
        out.println("  | " + Text.printable(line));
    }

    private long[] numbers(String select) {
        StringWriter csv = new StringWriter();
        sql(new PrintWriter(csv), select, "--format", "csv");
        String last = csv.toString().lines().reduce("", (first, second) -> second);
        return Arrays.stream(last.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    private void sql(PrintWriter to, String select, String... options) {
        String[] words = Stream.concat(Stream.of("sql", select, directory.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        int code = Flow.commandLine(flow).setOut(to).setErr(err).execute(words);
        to.flush();
        if (code != FlowCommand.OK) {
            throw new CommandFailed("what was captured could not be read: exit code " + code);
        }
    }

    private Set<Path> segments() throws IOException {
        if (!Files.isDirectory(directory)) {
            return new HashSet<>();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).collect(Collectors.toSet());
        }
    }
}
