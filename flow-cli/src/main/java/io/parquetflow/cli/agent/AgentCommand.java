package io.parquetflow.cli.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Tells an agent what to do, whether it was attached or started with its process.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "agent",
        description = {
            "Tell the agent in a running JVM what to do.",
            "status: what is woven, recorded, dropped. rotate: seal the open segment now. reload: read the configuration"
                    + " again, or take another one; what stays captured misses nothing. stop: every class as it was, everything sealed."
        })
public final class AgentCommand extends AgentCall {
    /** What an agent does. */
    enum Action {
        /** Tells. */
        STATUS,
        /** Seals what is open. */
        ROTATE,
        /** Takes another configuration, or reads the file of the one it has. */
        RELOAD,
        /** Leaves the process. */
        STOP
    }

    @Parameters(index = "0", paramLabel = "status|rotate|reload|stop", description = "What to do.")
    private Action action;

    @Parameters(index = "1", paramLabel = "PID", description = "The process; jps lists the JVMs.")
    private long pid;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "With reload: the whole configuration, or @FILE with it.")
    private List<String> words = new ArrayList<>();

    /** What picocli fills in. */
    public AgentCommand() {}

    @Override
    public Integer call() throws IOException {
        if (action != Action.RELOAD && !words.isEmpty()) {
            throw misuse(action.name().toLowerCase(Locale.ROOT) + " takes no keys: " + words.get(0));
        }
        return send(pid, action.name().toLowerCase(Locale.ROOT), words);
    }
}
