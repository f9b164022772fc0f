package io.parquetflow.cli.demo;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import io.parquetflow.cli.Flow;
import io.parquetflow.cli.agent.AgentJar;
import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.FlowCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The five-minute story: a feed, a sink, three questions. */
@Command(
        name = "demo",
        description = "Capture a market feed over loopback into Parquet, and ask DuckDB three questions about it.")
public final class DemoCommand extends FlowCommand {
    private static final String DIRECTORY = "demo-capture";
    private static final String AGENT_DIRECTORY = "demo-agent";
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private record Question(String title, String sql) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "How many messages a second?",
                    "select date_trunc('second', ts) as second, count(*) as messages,"
                            + " sum(octet_length(payload)) as bytes from {run} group by 1 order by 1"),
            new Question(
                    "Which messages?",
                    "select case hex(payload)[1:2] when '41' then 'A add order' when '58' then 'X cancel'"
                            + " when '45' then 'E execute' when '54' then 'T trade' end as message, count(*) as n,"
                            + " round(100 * count(*) / sum(count(*)) over (), 1) as percent"
                            + " from {run} group by 1 order by 2 desc"),
            new Question(
                    "What is missing?",
                    "select stream, count(*) as rows, max(seq) + 1 - count(*) as missing_rows, sum(lost) as dropped_by_us,"
                            + " max(n) + 1 - count(*) as lost_before_us from (select stream, seq, lost,"
                            + " ('0x' || hex(payload)[3:18])::bigint as n from {run}) group by stream"));

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the segments go (default: " + DIRECTORY + ", with --agent " + AGENT_DIRECTORY + ").")
    private Path directory;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the feed sends, 1 to 3600 (default: 5, with --agent 2).")
    private Integer seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Messages a second, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--agent", description = "Instead: a receiver that knows nothing of us, captured by the agent.")
    private boolean withAgent;

    @Mixin
    private AgentJar agentJar;

    @ParentCommand
    private Flow flow;

    /** For picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds == null) {
            seconds = withAgent ? 2 : 5;
        }
        if (seconds < 1 || seconds > 3_600) {
            throw misuse("--seconds=" + seconds + ": take 1 to 3600");
        }
        if (rate < 1 || rate > 1_000_000) {
            throw misuse("--rate=" + rate + ": take 1 to 1000000");
        }
        if (withAgent) {
            Path to = directory == null ? Path.of(AGENT_DIRECTORY) : directory;
            return new AgentDemo(flow, out(), err(), to).run(agentJar.find(), (long) seconds * rate, rate);
        }
        if (directory == null) {
            directory = Path.of(DIRECTORY);
        }
        String writer = capture();
        for (Question question : QUESTIONS) {
            say("");
            say(terminal().bold(question.title()));
            out().flush();
            String sql = question.sql().replace("{run}", "capture where writer = '" + writer + "'");
            int code = Flow.commandLine(flow).setOut(out()).setErr(err()).execute("sql", sql, directory.toString());
            if (code != OK) {
                throw new CommandFailed("the question could not be answered: exit code " + code);
            }
        }
        say("");
        say("Next:");
        say("  ./flow stats " + directory + "            what the segments hold, and what was dropped");
        say("  ./flow sql \"select * from capture limit 5\" " + directory);
        return OK;
    }

    private String capture() throws IOException, InterruptedException {
        try (FeedReceiver receiver = new FeedReceiver();
                LogSink sink = LogSink.builder(directory).name("demo").build()) {
            Process feed = startFeed(receiver.port());
            try {
                say(String.format(
                        Locale.ROOT,
                        "A feed process (pid %d) sends %,d messages a second over UDP on loopback, for %d s;",
                        feed.pid(),
                        rate,
                        seconds));
                say("a receiver hands each datagram to a LogSink; a background thread writes Parquet.");
                out().flush();
                receiver.receive(sink);
            } finally {
                feed.destroy();
                feed.waitFor();
            }
            boolean all = sink.close(CLOSE);
            report(receiver, sink.stats());
            if (!all) {
                throw new CommandFailed(
                        "the sink could not write everything: " + sink.stats().lastError());
            }
            return sink.writer();
        }
    }

    private void report(FeedReceiver receiver, SinkStats stats) {
        Histogram ns = receiver.callNs();
        say("");
        say(String.format(
                Locale.ROOT,
                "received %,d datagrams, accepted %,d, dropped %,d; %d segment%s, %,d bytes in %s",
                receiver.received(),
                stats.accepted(),
                stats.dropped(),
                stats.segmentsSealed(),
                stats.segmentsSealed() == 1 ? "" : "s",
                stats.bytesWritten(),
                directory.toAbsolutePath()));
        say(String.format(
                Locale.ROOT,
                "tryRecord took p50 %,d ns, p99 %,d ns, p99.9 %,d ns (the clock that measures it included; this JVM is"
                        + " seconds old)",
                ns.getValueAtPercentile(50),
                ns.getValueAtPercentile(99),
                ns.getValueAtPercentile(99.9)));
    }

    private Process startFeed(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MarketFeed.class.getName(),
                        Integer.toString(port),
                        Integer.toString(rate),
                        Integer.toString(seconds))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void say(String line) {
        out().println(line);
    }
}
