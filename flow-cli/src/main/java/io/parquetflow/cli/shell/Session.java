package io.parquetflow.cli.shell;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options that every command understands, wherever they stand in the line, and the terminal they lead to. Mixed into
 * the root command under the name {@link #NAME}.
 *
 * <p>Not thread-safe: one run on one thread.
 */
public final class Session {
    /** The mixin's name in the root command. */
    public static final String NAME = "session";

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean debug;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colours (so does a non-empty NO_COLOR in the environment).")
    private boolean noColour;

    private final Terminal fixed;

    /** A session on whatever the output turns out to be. */
    public Session() {
        this(null);
    }

    /**
     * A session that does not look at its surroundings.
     *
     * @param fixed what the output is written to, null to find out
     */
    public Session(Terminal fixed) {
        this.fixed = fixed;
    }

    /**
     * Whether stack traces are wanted.
     *
     * @return true with {@code --debug}
     */
    public boolean debug() {
        return debug;
    }

    /**
     * What the output is written to.
     *
     * @return the terminal as it is known by now
     */
    public Terminal terminal() {
        return fixed == null ? Terminal.detect(noColour) : fixed;
    }
}
