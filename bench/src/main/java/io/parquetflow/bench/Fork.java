package io.parquetflow.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another JVM of the same kind, with the same class path if not told otherwise. It ends with this one.
 *
 * <p>Thread-safe: stateless.
 */
public final class Fork {
    /** From here on the JVM warns of native libraries and of Unsafe, which zstd-jni, jna and JMH use. */
    private static final int FIRST_THAT_WARNS = 24;

    private Fork() {}

    /**
     * Starts one with this JVM's class path and waits for its end.
     *
     * @param jvmArguments its flags
     * @param mainClass what it runs
     * @param arguments of the main class
     * @param workDirectory where it is at home; made if it is not there
     * @param lines told each line of its output, errors and all
     * @return its exit code
     * @throws IOException when it cannot be started
     * @throws InterruptedException when the caller is interrupted; the other JVM is ended
     */
    public static int run(
            List<String> jvmArguments,
            String mainClass,
            List<String> arguments,
            Path workDirectory,
            Consumer<String> lines)
            throws IOException, InterruptedException {
        return run(jvmArguments, absoluteClassPath(), mainClass, arguments, workDirectory, lines);
    }

    /**
     * Starts one and waits for its end.
     *
     * @param jvmArguments its flags
     * @param classPath of absolute entries
     * @param mainClass what it runs
     * @param arguments of the main class
     * @param workDirectory where it is at home; made if it is not there
     * @param lines told each line of its output, errors and all
     * @return its exit code
     * @throws IOException when it cannot be started
     * @throws InterruptedException when the caller is interrupted; the other JVM is ended
     */
    public static int run(
            List<String> jvmArguments,
            String classPath,
            String mainClass,
            List<String> arguments,
            Path workDirectory,
            Consumer<String> lines)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        Files.createDirectories(workDirectory);
        Process process = new ProcessBuilder(command)
                .directory(workDirectory.toFile())
                .redirectErrorStream(true)
                .start();
        Thread ender = new Thread(process::destroyForcibly, "bench-end-fork");
        Runtime.getRuntime().addShutdownHook(ender);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(line);
            }
            return process.waitFor();
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(ender);
        }
    }

    /**
     * This JVM's class path. The launcher gives relative entries, and another JVM may be at home elsewhere.
     *
     * @return the same entries, absolute
     */
    public static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Where this module was built.
     *
     * @return its {@code target} directory, whether we run from classes or from the jar
     */
    public static Path target() {
        try {
            return Path.of(Fork.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath()
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
