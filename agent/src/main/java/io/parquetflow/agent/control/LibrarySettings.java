package io.parquetflow.agent.control;

import java.util.HashMap;
import java.util.Map;

/**
 * What Byte Buddy reads of the system properties as its classes load: no way into the boot loader of its own, and nothing
 * that a later JVM warns of. The application, which may have a Byte Buddy of its own, gets its properties back.
 *
 * <p>Not thread-safe.
 */
final class LibrarySettings implements AutoCloseable {
    private static final Map<String, String> SETTINGS =
            Map.of("net.bytebuddy.nexus.disabled", "true", "net.bytebuddy.safe", "true");

    private final Map<String, String> before = new HashMap<>();

    LibrarySettings() {
        SETTINGS.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    }

    @Override
    public void close() {
        before.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
    }
}
