package io.parquetflow.agentit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The agent as it is delivered: one jar, and what is said to it after the equals sign. */
final class AgentJar {
    /** Between the names of taps: a comma would be one between keys. */
    private static final String AND = "+";

    private AgentJar() {}

    /** Skips the test where there is no agent yet. */
    static Path path() throws IOException {
        Path jar = Path.of(System.getProperty("agent.jar")).normalize();
        assumeTrue(Files.exists(jar), "no jar of the agent: " + jar);
        try (JarFile file = new JarFile(jar.toFile())) {
            assumeTrue(file.getManifest().getMainAttributes().getValue("Premain-Class") != null, "it is still empty");
        }
        return jar;
    }

    /** The JVM's option, with anything after the equals sign. */
    static String with(String arguments) throws IOException {
        return "-javaagent:" + path() + "=" + arguments;
    }

    /** Taps into a directory, and further keys, each {@code key=value}. */
    static String taps(Path directory, String taps, String... more) throws IOException {
        return with(keys(directory, "taps=" + taps, more));
    }

    /** User pointcuts into a directory. */
    static String capture(Path directory, String pointcuts, String... more) throws IOException {
        return with(keys(directory, "capture=" + pointcuts, more));
    }

    /** Several taps at once. */
    static String all(String... taps) {
        return String.join(AND, taps);
    }

    /** Runs the jar as a command in that directory: {@code attach PID …}, {@code status PID} and so on. */
    static Outcome command(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                path().toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "command", ".out");
        Path err = Files.createTempFile(directory, "command", ".err");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (Running running = new Running(process, out, err)) {
            return running.end();
        }
    }

    /** A tap that records what is sent as well. */
    static String withOut(String tap) {
        return tap + AND + "out";
    }

    private static String keys(Path directory, String first, String... more) {
        return String.join(",", "directory=" + directory, first)
                + (more.length == 0 ? "" : "," + String.join(",", more));
    }
}
