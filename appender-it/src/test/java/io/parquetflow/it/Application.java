package io.parquetflow.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A small application in a JVM of its own: an appender's jar as it is delivered, zstd-jni, and a logging framework. None of
 * the test's class path but the application's own classes.
 */
final class Application {
    private static final long TIMEOUT_S = 60;

    private final Appender appender;
    private final Path directory;
    private final Configuration configuration;
    private final List<String> flags = new ArrayList<>();
    private final List<String> libraries = new ArrayList<>(List.of("zstd"));
    private final List<String> launcher = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private String version;
    private boolean slf4j;
    private boolean ownSlabDirectory = true;

    /** What a process left behind. */
    record Result(int exit, String out, String err) {}

    private Application(Appender appender, Path directory) {
        this.appender = appender;
        this.directory = directory;
        this.configuration = new Configuration(directory);
        this.version = appender == Appender.LOGBACK ? "1.5.38" : "2.26.1";
        this.slf4j = appender == Appender.LOG4J;
    }

    /** Logs to segments in a directory; its configuration is written beside it. */
    static Application with(Appender appender, Path directory) {
        return new Application(appender, directory);
    }

    /** The framework's. */
    Application version(String other) {
        version = other;
        return this;
    }

    Application configured(Consumer<Configuration> more) {
        more.accept(configuration);
        return this;
    }

    Application flags(String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    Application library(String name) {
        libraries.add(name);
        return this;
    }

    Application withoutSlf4j() {
        slf4j = false;
        return this;
    }

    Application environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Application java(Path command) {
        java = command.toString();
        return this;
    }

    /** A command that runs the command behind it. */
    Application launchedBy(String... command) {
        launcher.addAll(List.of(command));
        return this;
    }

    /** Its slab is where it would be without a test around it, and left there. */
    Application slabWhereItFindsMemory() {
        ownSlabDirectory = false;
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
                throw new AssertionError("hangs: " + String.join(" ", arguments) + "\n" + text(out) + text(err));
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
        Path file = Files.createTempFile(directory.toAbsolutePath().getParent(), "logging", ".xml");
        Files.writeString(file, configuration.text(appender));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        if (ownSlabDirectory) {
            command.add("-Dparquetflow.slab-directory=" + SharedMemory.ofThisRun());
        }
        command.addAll(List.of(
                (appender == Appender.LOGBACK ? "-Dlogback.configurationFile=" : "-Dlog4j2.configurationFile=") + file,
                "-cp",
                classPath(),
                (appender == Appender.LOGBACK ? LogbackApplication.class : Log4jApplication.class).getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        process.environment().putAll(environment);
        return process.start();
    }

    private String classPath() {
        List<String> entries = new ArrayList<>(List.of(appender.jar().toString()));
        List<String> all = new ArrayList<>(libraries);
        all.add(appender.framework() + "-" + version);
        if (slf4j) {
            all.add("slf4j"); // which the jar asks for: Log4j has none
        }
        for (String library : all) {
            entries.add(Appender.libraries(library) + File.separator + "*");
        }
        entries.add(
                Path.of(System.getProperty("build.directory"), "test-classes").toString());
        return String.join(File.pathSeparator, entries);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
