package io.parquetflow.agent.control;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * Lets the agent load its native library, which JDK 24 and later warn of otherwise. They know of no finer grain than all
 * classes outside of named modules; where native access is denied altogether, the agent does without the library.
 *
 * <p>Thread-safe: stateless.
 */
final class NativeAccess {
    private static final int FIRST_TO_WARN = 24;

    private NativeAccess() {}

    static void allow(Instrumentation instrumentation) {
        if (Runtime.version().feature() < FIRST_TO_WARN) {
            return;
        }
        try {
            Module ours = NativeAccess.class.getModule();
            instrumentation.redefineModule(
                    Object.class.getModule(),
                    Set.of(),
                    Map.of(),
                    Map.of("java.lang", Set.of(ours)),
                    Set.of(),
                    Map.of());
            Method allow = Module.class.getDeclaredMethod("implAddEnableNativeAccessToAllUnnamed");
            allow.setAccessible(true);
            allow.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // a warning of the JVM's, no more
        }
    }
}
