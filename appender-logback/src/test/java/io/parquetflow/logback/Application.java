package io.parquetflow.logback;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small application in a JVM of its own: the appender's jar as it is delivered, zstd-jni, and a Logback with its SLF4J. None
 * of the test's class path but the application's own classes.
 */
final class Application {
    static final String LOGBACK = "1.5.38";
    private static final long TIMEOUT_S = 60;

    private final Path directory;
    private final List<String> flags = new ArrayList<>();
    private final List<String> libraries = new ArrayList<>(List.of("zstd"));
    private String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private String logback = LOGBACK;
    private String elements = "";
    private String level = "INFO";

    /** What a process left behind. */
    record Result(int exit, String out, String err) {}

    private Application(Path directory) {
        this.directory = directory;
    }

    /** Logs to segments in a directory; its configuration is written beside it. */
    static Application in(Path directory) {
        return new Application(directory);
    }

    Application logback(String version) {
        logback = version;
        return this;
    }

    Application elements(String xml) {
        elements = xml;
        return this;
    }

    Application level(String root) {
        level = root;
        return this;
    }

    Application flags(String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    Application with(String library) {
        libraries.add(library);
        return this;
    }

    Application java(Path command) {
        java = command.toString();
        return this;
    }

    Application flagsOfThisJdk() {
        if (Runtime.version().feature() >= 24) {
            flags("--enable-native-access=ALL-UNNAMED");
        }
        return this;
    }

    /** Runs it to its end. */
    Result run(String... arguments) throws Exception {
        Path out = Files.createTempFile("application", ".out");
        Path err = Files.createTempFile("application", ".err");
        Process process = start(out, err, arguments);
        try {
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "hangs: " + String.join(" ", arguments) + "\n" + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** Kills it, as {@code kill -9} does, as soon as it has said something. */
    void kill(String ready, String... arguments) throws Exception {
        Path out = Files.createTempFile("application", ".out");
        Path err = Files.createTempFile("application", ".err");
        Process process = start(out, err, arguments);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        try {
            while (!text(out).contains(ready)) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new AssertionError("is not ready: " + text(out) + text(err));
                }
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private Process start(Path out, Path err, String... arguments) throws IOException {
        Path configuration = Files.createTempFile(directory.toAbsolutePath().getParent(), "logback", ".xml");
        Files.writeString(
                configuration,
                "<configuration><statusListener class='ch.qos.logback.core.status.OnConsoleStatusListener'/>"
                        + "<appender name='PARQUET' class='io.parquetflow.logback.ParquetAppender'><directory>"
                        + directory + "</directory>" + elements + "</appender><root level='" + level
                        + "'><appender-ref ref='PARQUET'/></root></configuration>");
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of(
                "-Dlogback.configurationFile=" + configuration,
                "-Dparquetflow.slab-directory=" + SharedMemory.ofThisRun(),
                "-cp",
                classPath(),
                LoggingApplication.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private String classPath() {
        Path build = Path.of(System.getProperty("build.directory"));
        List<String> entries = new ArrayList<>(List.of(System.getProperty("jar.file")));
        for (String library : libraries) {
            entries.add(build.resolve("it").resolve(library) + File.separator + "*");
        }
        entries.add(build.resolve("it").resolve("logback-" + logback) + File.separator + "*");
        entries.add(build.resolve("test-classes").toString());
        return String.join(File.pathSeparator, entries);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
