package io.parquetflow.agent.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Properties;

/**
 * Attaches the agent to a running process, and tells an attached one what to do, by the JDK's attach mechanism. The answer comes
 * back in the process's system properties: there may be no place to write a file that both sides see.
 *
 * <p>Thread-safe: stateless.
 */
public final class Attach {
    private static final String MACHINE = "com.sun.tools.attach.VirtualMachine";
    private static final String REPLY = "parquetflow.agent.reply";

    private Attach() {}

    /**
     * Sends a command, and waits for its answer.
     *
     * @param pid of the process
     * @param jar the agent's
     * @param command {@code attach}, {@code status}, {@code rotate}, {@code reload} or {@code stop}
     * @param rest configuration, for attach and reload; or null
     * @return what the agent answered; an answer that starts with {@code error:} is one
     * @throws IOException when the process cannot be reached, with the way out
     */
    public static String send(String pid, String jar, String command, String rest) throws IOException {
        String token = Long.toHexString(System.nanoTime());
        Object machine = null;
        try {
            Class<?> type = Class.forName(MACHINE, true, ClassLoader.getSystemClassLoader());
            machine = type.getMethod("attach", String.class).invoke(null, pid);
            type.getMethod("loadAgent", String.class, String.class)
                    .invoke(machine, jar, "!" + command + " " + token + (rest == null ? "" : " " + rest));
            Properties properties =
                    (Properties) type.getMethod("getSystemProperties").invoke(machine);
            String reply = properties.getProperty(REPLY, "");
            if (!reply.startsWith(token + "\n")) {
                throw new IOException(
                        "the agent in process " + pid + " did not answer; see the process's standard error");
            }
            return reply.substring(token.length() + 1);
        } catch (ClassNotFoundException e) {
            throw new IOException("this Java has no module jdk.attach: run a JDK's java", e);
        } catch (InvocationTargetException e) {
            throw new IOException(remedy(pid, e.getCause()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot attach: " + e, e);
        } finally {
            detach(machine);
        }
    }

    private static void detach(Object machine) {
        if (machine != null) {
            try {
                Class.forName(MACHINE, true, ClassLoader.getSystemClassLoader())
                        .getMethod("detach")
                        .invoke(machine);
            } catch (ReflectiveOperationException e) {
                return; // this process ends anyway
            }
        }
    }

    /** Why people fail: another user, a container's process, a JVM that was told to refuse. */
    private static String remedy(String pid, Throwable cause) {
        StringBuilder text = new StringBuilder("cannot attach to process " + pid + ": " + cause.getMessage());
        Path process = Paths.get("/proc", pid);
        try {
            if (!Files.exists(process)) {
                return text + "; there is no such process";
            }
            Object owner = Files.getAttribute(process, "unix:uid");
            Object own = Files.getAttribute(Paths.get("/proc/self"), "unix:uid");
            if (!owner.equals(own)) {
                text.append("; it belongs to user id ").append(owner).append(": run this as that user");
            }
        } catch (IOException | RuntimeException e) {
            text.append("; its owner is not known");
        }
        return text
                + "; is it a JVM, was it started without -XX:+DisableAttachMechanism and, on JDK 21 and later, without"
                + " -XX:-EnableDynamicAgentLoading? Can it write its /tmp? In a container, run this inside, or start the"
                + " process with -javaagent";
    }
}
