package io.parquetflow.agent;

import io.parquetflow.agent.control.Control;
import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * What the launcher calls, by reflection, once it is in a class loader of its own.
 *
 * <p>Thread-safe: the launcher comes one call after the other.
 */
public final class Agent {
    private Agent() {}

    /**
     * The JVM started the agent, or attached it.
     *
     * @param arguments configuration, or {@code !} and a command
     * @param instrumentation the JVM's
     * @param jar the agent's
     * @param attached whether the application runs already
     */
    public static void enter(String arguments, Instrumentation instrumentation, String jar, boolean attached) {
        Control.enter(arguments, instrumentation, new File(jar), attached);
    }
}
