package io.parquetflow.cli.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Has a running process captured, without a restart.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "attach",
        description = {
            "Attach the agent to a running JVM, and capture what it receives: flow attach 4711 directory=capture taps=udp.",
            "It runs in that process until flow agent stop, or until the process ends. On JDK 21 and later the process prints a"
                    + " warning of the JDK's, unless it was started with -XX:+EnableDynamicAgentLoading."
        })
public final class AttachCommand extends AgentCall {
    @Parameters(index = "0", paramLabel = "PID", description = "The process; jps lists the JVMs.")
    private long pid;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description =
                    "The configuration, or @FILE with it. directory and the file are relative to where this is called.")
    private List<String> words = new ArrayList<>();

    /** What picocli fills in. */
    public AttachCommand() {}

    @Override
    public Integer call() throws IOException {
        return send(pid, "attach", words);
    }
}
