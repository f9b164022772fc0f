package io.parquetflow.cli.agent;

import io.parquetflow.agent.launch.Attach;
import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.FlowCommand;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/**
 * What the commands to an agent share: a process, a configuration, and an answer.
 *
 * <p>Not thread-safe: one run on one thread.
 */
abstract class AgentCall extends FlowCommand {
    private static final String ERROR = "error:";
    private static final String FILE = "@";
    private static final String DIRECTORY = "directory=";

    @Mixin
    private AgentJar jar;

    /** Sends it and prints the answer; what the agent could not do becomes exit code 1. */
    final int send(long pid, String command, List<String> words) throws IOException {
        String rest = words.isEmpty() ? null : arguments(words);
        if (pid < 1 || pid == ProcessHandle.current().pid()) {
            throw misuse("PID=" + pid + ": take another process's number; jps lists the JVMs");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new CommandFailed("no such process: " + pid + "; jps lists the JVMs of this user");
        }
        String answer = Attach.send(Long.toString(pid), jar.find().toString(), command, rest);
        if (answer.startsWith(ERROR)) {
            throw new CommandFailed(
                    "process " + pid + ": " + answer.substring(ERROR.length()).trim());
        }
        out().println(Text.printableLines(answer));
        return OK;
    }

    /** One text. The file first: a comma is a separator only where a key follows. */
    private String arguments(List<String> words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith(FILE) && word.length() > FILE.length()) {
                if (!all.isEmpty() && all.get(0).startsWith(FILE)) {
                    throw misuse("one file only, not also " + word);
                }
                all.add(0, FILE + absolute(word.substring(FILE.length())));
            } else if (word.startsWith(DIRECTORY) && word.length() > DIRECTORY.length()) {
                all.add(DIRECTORY + absolute(word.substring(DIRECTORY.length())));
            } else if (word.indexOf('=') > 0) {
                all.add(word);
            } else {
                throw misuse("not KEY=VALUE: " + word + "; a file is @FILE");
            }
        }
        return String.join(",", all);
    }

    /** The process works in another directory than the one who types. */
    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
