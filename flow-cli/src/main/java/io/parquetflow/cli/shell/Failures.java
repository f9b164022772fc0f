package io.parquetflow.cli.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever a command throws into one line with the way out; the stack trace is for {@code --debug} only.
 *
 * <p>Thread-safe: no state.
 */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return report(failure, session(command.getCommandSpec()).debug(), command.getErr());
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println("flow: " + Text.oneLine(suggested(failure)) + "; see '" + name + " --help'");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Stateless. */
    public Failures() {}

    /**
     * Prints the line. Errors too (a native library that does not load): a user is told in a line, whatever it is.
     *
     * @param failure what has happened
     * @param debug with the stack trace
     * @param err where to
     * @return the exit code
     */
    public static int report(Throwable failure, boolean debug, PrintWriter err) {
        err.println("flow: " + Text.oneLine(line(failure)));
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    static Session session(CommandSpec command) {
        CommandSpec mixed = command.root().mixins().get(Session.NAME);
        return mixed == null ? new Session() : (Session) mixed.userObject();
    }

    /**
     * The line without its {@code flow:} in front.
     *
     * @param failure what has happened
     * @return what is wrong and the way out
     */
    public static String line(Throwable failure) {
        if (failure instanceof FileSystemException broken) {
            return "[" + broken.getFile() + "] " + reason(broken);
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: " + failure.getMessage() + "; give the JVM more, for example JAVA_OPTS=-Xmx2g";
        }
        String message = failure.getMessage();
        boolean expected = failure instanceof CommandFailed || failure instanceof IOException;
        if (expected && message != null) {
            return message;
        }
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + "; --debug shows where it comes from";
    }

    private static String reason(FileSystemException broken) {
        if (broken instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (broken instanceof AccessDeniedException) {
            return "permission denied; check the rights of the file and of the directories above it";
        }
        if (broken instanceof FileAlreadyExistsException) {
            return "exists already; choose another name or remove it";
        }
        if (broken instanceof NotDirectoryException) {
            return "not a directory";
        }
        return broken.getReason() == null ? broken.getClass().getSimpleName() : broken.getReason();
    }

    private static String suggested(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            var suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                return failure.getMessage() + ", did you mean " + String.join(" or ", suggestions) + "?";
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
