package io.parquetflow.cli;

import io.parquetflow.cli.agent.AgentCommand;
import io.parquetflow.cli.agent.AttachCommand;
import io.parquetflow.cli.demo.DemoCommand;
import io.parquetflow.cli.inspect.CatCommand;
import io.parquetflow.cli.inspect.HeadCommand;
import io.parquetflow.cli.inspect.LogsCommand;
import io.parquetflow.cli.inspect.SchemaCommand;
import io.parquetflow.cli.inspect.SqlCommand;
import io.parquetflow.cli.inspect.StatsCommand;
import io.parquetflow.cli.inspect.VerifyCommand;
import io.parquetflow.cli.shell.Failures;
import io.parquetflow.cli.shell.Session;
import io.parquetflow.cli.shell.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

/**
 * The {@code flow} command. A subcommand is registered by its name in the list below and nowhere else; its class must
 * not load heavy libraries before {@code call}.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "flow",
        description = "Capture to Parquet, and a look inside.",
        mixinStandardHelpOptions = true,
        versionProvider = Flow.Version.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExit codes: ",
        footer = "0 done, 1 failed, 2 wrong usage.",
        subcommands = {
            DemoCommand.class,
            ImportCommand.class,
            CatCommand.class,
            HeadCommand.class,
            SchemaCommand.class,
            StatsCommand.class,
            VerifyCommand.class,
            LogsCommand.class,
            SqlCommand.class,
            RecoverCommand.class,
            AttachCommand.class,
            AgentCommand.class,
        })
public final class Flow implements Runnable {
    @Mixin
    private final Session session;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** The command as a user starts it. */
    public Flow() {
        this(new Session());
    }

    /**
     * The command within something else, a test for one.
     *
     * @param session where it runs
     */
    public Flow(Session session) {
        this.session = session;
    }

    /**
     * Starts the command line and ends the JVM with its exit code.
     *
     * @param args the user's words
     */
    public static void main(String[] args) {
        StandardOutput output = new StandardOutput();
        PrintWriter out = new PrintWriter(output, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        boolean debug = Arrays.asList(args).contains("--debug");
        int code;
        try {
            code = commandLine(new Flow()).setOut(out).setErr(err).execute(args);
        } catch (Error broken) {
            code = Failures.report(broken, debug, err);
        }
        out.flush();
        if (output.failure().isPresent()) {
            code = Failures.report(output.failure().get(), debug, err);
        }
        err.flush();
        System.exit(code);
    }

    /**
     * The command line with its error handling, to be executed or embedded.
     *
     * @param flow the root command
     * @return ready for {@code execute}
     */
    public static CommandLine commandLine(Flow flow) {
        Failures failures = new Failures();
        CommandLine command = new CommandLine(flow)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setExpandAtFiles(false) // the agent's configuration file is not a list of our words
                .setCaseInsensitiveEnumValuesAllowed(true);
        return command.setExecutionStrategy(parsed -> {
            Ansi ansi = flow.session.terminal().colours() ? Ansi.ON : Ansi.OFF;
            command.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
            return new CommandLine.RunLast().execute(parsed);
        });
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String implementation = Flow.class.getPackage().getImplementationVersion();
            return new String[] {"flow " + (implementation == null ? "(not from a jar)" : implementation)};
        }
    }
}
