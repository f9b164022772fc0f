package io.parquetflow.bench;

import io.parquetflow.bench.durability.OpenRun;
import io.parquetflow.bench.log.LogRun;
import io.parquetflow.bench.sink.SinkRun;
import io.parquetflow.bench.writer.WriterRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code flow bench}: measures the sink, its durability and the column writer, hunts races, runs JMH. */
@Command(
        name = "flow bench",
        description = "Measures parquet-flow on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SinkBench.class,
            SinkRun.class,
            DurabilityBench.class,
            OpenRun.class,
            WriterBench.class,
            WriterRun.class,
            LoggingBench.class,
            LogRun.class,
            AgentBench.class,
            StressBench.class,
            JmhBench.class
        })
public final class Bench implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /**
     * Starts.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
