package io.parquetflow.agent.control;

import io.parquetflow.agent.config.AgentConfig;
import io.parquetflow.agent.weave.Loom;
import io.parquetflow.spi.ConfigKey;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;

/**
 * Does what the agent is told to: there is one capture in a process, whoever attaches how often.
 *
 * <p>Thread-safe.
 */
public final class Control {
    /** Before a command, in the arguments of an attached agent. */
    private static final char COMMAND = '!';

    /** Where the answer to a command is left: who attached reads the process's properties. */
    private static final String REPLY = "parquetflow.agent.reply";

    private static Session running;
    private static Loom loom;
    private static String arguments;

    private Control() {}

    /**
     * The JVM started the agent, or attached it.
     *
     * @param text configuration, or {@code !}, a command and a token
     * @param instrumentation the JVM's
     * @param jar the agent's
     * @param attached whether the application runs already
     */
    public static synchronized void enter(String text, Instrumentation instrumentation, File jar, boolean attached) {
        if (text != null && !text.isEmpty() && text.charAt(0) == COMMAND) {
            String[] words = text.substring(1).trim().split(" ", 3);
            String token = words.length > 1 ? words[1] : "";
            System.setProperty(
                    REPLY,
                    token + "\n"
                            + String.join(
                                    "\n", command(words[0], words.length > 2 ? words[2] : null, instrumentation, jar)));
            return;
        }
        if (running != null) {
            StandardError.say("runs already, the second one changes nothing; stop it, or reload its configuration");
            return;
        }
        List<String> lines = start(text, instrumentation, jar);
        if (running == null || running.sink().problem().isEmpty()) { // else it has been told, with the way out
            lines.forEach(StandardError::say);
        }
    }

    private static List<String> command(String word, String rest, Instrumentation instrumentation, File jar) {
        try {
            return switch (word) {
                case "attach" ->
                    running != null
                            ? List.of("error: runs already: stop it, or reload its configuration")
                            : start(rest, instrumentation, jar);
                case "status" -> running == null ? List.of("not running") : running.status();
                case "rotate" -> {
                    needed().rotate();
                    yield List.of("rotated");
                }
                case "reload" -> {
                    String with = rest == null || rest.isBlank() ? arguments : rest;
                    needed().reload(AgentConfig.read(with));
                    arguments = with;
                    yield List.of("reloaded");
                }
                case "stop" -> {
                    Session session = needed();
                    session.stop();
                    List<String> status = session.status();
                    running = null;
                    yield status;
                }
                default -> List.of("error: no such command: " + word);
            };
        } catch (IOException | RuntimeException e) {
            return List.of("error: " + e.getMessage());
        }
    }

    private static Session needed() {
        if (running == null) {
            throw new IllegalStateException("the agent does not run in this process; attach it first");
        }
        return running;
    }

    private static List<String> start(String text, Instrumentation instrumentation, File jar) {
        try (LibrarySettings settings = new LibrarySettings()) {
            AgentConfig config = AgentConfig.read(text);
            if (!config.isEnabled()) {
                return List.of();
            }
            if (loom == null) {
                NativeAccess.allow(instrumentation);
                loom = new Loom(instrumentation, jar, Control::classFailed);
            }
            start(config);
            arguments = text;
            ExitHook.register(Control::seal);
            return List.of(captures(config, running.sink()));
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            return List.of("error: no capture, the application runs on: " + e.getMessage());
        }
    }

    private static String captures(AgentConfig config, CaptureSink sink) {
        String remarks = sink.started();
        if (!sink.problem().isEmpty()) {
            return "error: no capture for now: " + sink.problem() + "; see status";
        }
        return "captures " + config + " to " + config.sink().getProperty(ConfigKey.DIRECTORY.key())
                + (sink.sink() == null ? ", which has not answered yet: what comes by is counted as dropped" : "")
                + (remarks.isEmpty() ? "" : "; " + remarks);
    }

    /** What cannot be started leaves nothing behind: no woven class, no sink. */
    private static void start(AgentConfig config) throws IOException, ReflectiveOperationException {
        Session session = new Session(loom, config);
        running = session; // told of classes that cannot be woven
        try {
            session.start();
        } catch (IOException | ReflectiveOperationException | RuntimeException | Error e) {
            running = null;
            session.stop();
            throw e;
        }
    }

    private static void classFailed(String type, Throwable problem) {
        Session session = running;
        if (session != null) {
            session.classFailed(type, problem);
        } else {
            StandardError.say("could not weave " + type + ": " + problem + "; the class is as it was");
        }
    }

    private static void seal() {
        Session session;
        synchronized (Control.class) {
            session = running;
        }
        if (session != null) {
            session.seal();
        }
    }
}
