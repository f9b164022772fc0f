package io.parquetflow.bench.crash;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs of this machine.
 *
 * <p>Thread-safe: stateless.
 */
final class Tools {
    private static final List<String> ALSO = List.of("/usr/sbin", "/sbin"); // not on everybody's path

    private Tools() {}

    /** Whether it is there. */
    static boolean has(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), ALSO.stream())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Runs it to its end. */
    static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .merge("PATH", String.join(File.pathSeparator, ALSO), (a, b) -> a + File.pathSeparator + b);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", command) + ": exit code " + process.exitValue() + ": " + said.trim());
        }
        return said;
    }

    static boolean isRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
