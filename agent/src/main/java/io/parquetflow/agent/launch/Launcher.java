package io.parquetflow.agent.launch;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;

/**
 * Where the JVM enters the agent's jar, and all of the agent that the application's class loader sees, beside {@link
 * Isolation}. A throwable that leaves {@code premain} ends the JVM before {@code main}, and so does a type of a signature
 * that is not there; so this names types of {@code java.*} only, is of a class level that every JVM reads, and catches
 * everything.
 *
 * <p>Thread-safe: the JVM's agents come one by one.
 */
public final class Launcher {
    private static final String AGENT = "io.parquetflow.agent.Agent";
    private static final int OLDEST_JAVA = 17;

    private static ClassLoader isolation;

    private Launcher() {}

    /**
     * With {@code -javaagent}.
     *
     * @param arguments as they stand behind the {@code =}
     * @param instrumentation the JVM's
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        enter(arguments, instrumentation, false);
    }

    /**
     * Attached to a running JVM, the first time or again.
     *
     * @param arguments configuration, or a command to the agent that runs
     * @param instrumentation the JVM's
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        enter(arguments, instrumentation, true);
    }

    /**
     * {@code java -jar}: attaches to a process, or tells its agent what to do.
     *
     * @param arguments as {@code ./flow attach} and {@code ./flow agent} take them
     */
    public static void main(String[] arguments) {
        int exit = 1;
        try {
            exit = CommandLine.run(arguments, jar().getPath());
        } catch (Throwable t) {
            StandardError.say("failed: " + cause(t));
        }
        System.exit(exit);
    }

    private static synchronized void enter(String arguments, Instrumentation instrumentation, boolean attached) {
        try {
            if (!attached && isTool()) {
                return;
            }
            if (isOldJava()) {
                StandardError.say("no capture: needs Java " + OLDEST_JAVA + " or later, this is "
                        + System.getProperty("java.version"));
                return;
            }
            Method enter = agent().getMethod("enter", String.class, Instrumentation.class, String.class, boolean.class);
            enter.invoke(null, arguments, instrumentation, jar().getPath(), attached);
        } catch (Throwable t) {
            StandardError.say("no capture, the application runs on: " + cause(t));
        }
    }

    private static Class<?> agent() throws Exception {
        if (isolation == null) {
            isolation = new Isolation(jar());
        }
        return Class.forName(AGENT, true, isolation);
    }

    private static File jar() throws URISyntaxException {
        return new File(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** {@code JAVA_TOOL_OPTIONS} reaches {@code jps} and {@code keytool} as well: none of our business. */
    private static boolean isTool() {
        String module = System.getProperty("jdk.module.main");
        return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
    }

    private static boolean isOldJava() {
        String version = System.getProperty("java.specification.version", "0");
        return version.startsWith("1.") || Integer.parseInt(version) < OLDEST_JAVA;
    }

    private static Throwable cause(Throwable t) {
        return t instanceof InvocationTargetException && t.getCause() != null ? t.getCause() : t;
    }
}
