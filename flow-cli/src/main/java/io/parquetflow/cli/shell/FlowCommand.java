package io.parquetflow.cli.shell;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all subcommands share: where to print, and {@code --help}. {@link #call} returns the exit code: 0 done, 1
 * failed; wrong usage never gets that far.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        usageHelpAutoWidth = true,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
public abstract class FlowCommand implements Callable<Integer> {
    /** Done. */
    public static final int OK = CommandLine.ExitCode.OK;

    /** Could not be done, or what was checked is not in order. */
    public static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    @Spec
    private CommandSpec spec;

    /** picocli acts on it by itself. */
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this and exit.")
    private boolean help;

    /** For subclasses; picocli fills in the fields. */
    protected FlowCommand() {}

    /**
     * Where results go.
     *
     * @return the output
     */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /**
     * Where errors, notes and progress go.
     *
     * @return the error output
     */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * What the output is written to.
     *
     * @return the terminal
     */
    protected final Terminal terminal() {
        return session().terminal();
    }

    /**
     * Refuses a combination of options that picocli cannot know to be wrong; exit code 2.
     *
     * @param message what is wrong and the way out
     * @return the exception to throw
     */
    protected final CommandLine.ParameterException misuse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /**
     * The same line as for a failed command, when the command goes on.
     *
     * @param failure what has happened
     */
    protected final void complain(Throwable failure) {
        Failures.report(failure, session().debug(), err());
    }

    private Session session() {
        return Failures.session(spec);
    }
}
