package io.parquetflow.spi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * This machine's name.
 *
 * <p>Thread-safe: stateless.
 */
public final class HostName {
    private HostName() {}

    /**
     * Asks the kernel or the environment; never the resolver, which may take seconds to say nothing.
     *
     * @return the name, or {@code unknown}
     */
    public static String read() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8)
                    .trim();
        } catch (IOException e) {
            String name = System.getenv("HOSTNAME");
            return name == null ? System.getenv().getOrDefault("COMPUTERNAME", "unknown") : name;
        }
    }
}
