package io.parquetflow.cli.shell;

/**
 * A command cannot do what it was asked to: becomes one line on the error stream and exit code 1.
 *
 * <p>Thread-safe: immutable.
 */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure in words.
     *
     * @param message what is wrong, the values, and the way out, in one line
     */
    public CommandFailed(String message) {
        super(message);
    }

    /**
     * A failure with what led to it, which only {@code --debug} shows.
     *
     * @param message what is wrong, the values, and the way out, in one line
     * @param cause the error behind it
     */
    public CommandFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
