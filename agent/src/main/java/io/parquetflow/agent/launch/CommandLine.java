package io.parquetflow.agent.launch;

import java.io.IOException;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;

/**
 * {@code java -jar parquet-flow-agent.jar}: for machines that have the agent's jar and nothing else of ours.
 *
 * <p>Thread-safe: stateless.
 */
final class CommandLine {
    private static final List<String> COMMANDS = Arrays.asList("attach", "status", "rotate", "reload", "stop");
    private static final int BAD_USE = 2;

    private CommandLine() {}

    /** Answers the exit code: 0, 1 when it failed, 2 when it was called wrongly. */
    static int run(String[] arguments, String jar) {
        if (arguments.length < 2 || !COMMANDS.contains(arguments[0]) || !arguments[1].matches("[0-9]+")) {
            StandardError.say(
                    "usage: attach PID key=value,... | status PID | rotate PID | reload PID [key=value,...] | stop PID");
            return BAD_USE;
        }
        for (int i = 2; i < arguments.length; i++) {
            arguments[i] = absolute(absolute(arguments[i], "@"), "directory=");
        }
        String rest = arguments.length == 2
                ? null
                : String.join(",", Arrays.asList(arguments).subList(2, arguments.length));
        try {
            String answer = Attach.send(arguments[1], jar, arguments[0], rest);
            StandardError.print(answer);
            return answer.startsWith("error:") ? 1 : 0;
        } catch (IOException e) {
            StandardError.say(e.getMessage());
            return 1;
        }
    }

    /** The process works in another directory than the one who types. */
    private static String absolute(String word, String key) {
        return word.startsWith(key) && word.length() > key.length()
                ? key + Paths.get(word.substring(key.length())).toAbsolutePath()
                : word;
    }
}
