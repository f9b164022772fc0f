package io.parquetflow.agentit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An application to be started in a JVM of its own, with the class path that it would have anywhere. */
final class Program {
    private final Path directory;
    private final String main;
    private final List<String> libraries;
    private final List<String> more = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> launcher = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Jdk jdk = Jdk.ours();
    private boolean silencesTheJdk = true;

    private Program(Path directory, String main, String... libraries) {
        this.directory = directory;
        this.main = main;
        this.libraries = List.of(libraries);
    }

    /**
     * One of the module's applications.
     *
     * @param directory where it runs, and leaves what it says
     * @param libraries folders below {@code target/it}
     */
    static Program in(Path directory, Class<?> main, String... libraries) {
        return new Program(directory, main.getName(), libraries);
    }

    /** A class without a package that a test compiled to its directory. */
    static Program compiled(Path directory, String main) {
        return new Program(directory, main);
    }

    /**
     * An application of another module.
     *
     * @param entries of its class path
     */
    static Program of(Path directory, String main, List<Path> entries) {
        Program program = new Program(directory, main);
        entries.forEach(entry -> program.more.add(entry.toString()));
        return program;
    }

    /** Aeron and Agrona, which need a package of the JDK. */
    Program withAgrona() {
        return flags("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    Program flags(String... some) {
        flags.addAll(List.of(some));
        return this;
    }

    Program arguments(Object... some) {
        for (Object argument : some) {
            arguments.add(argument.toString());
        }
        return this;
    }

    /** A command that starts the JVM. */
    Program launchedBy(String... command) {
        launcher.addAll(List.of(command));
        return this;
    }

    Program on(Jdk other) {
        jdk = other;
        return this;
    }

    /** As somebody starts it who knows nothing of what a newer JDK warns of. */
    Program withoutFlagsOfTheJdk() {
        silencesTheJdk = false;
        return this;
    }

    Program environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs it to its end, which has to be a success. */
    Outcome run() throws Exception {
        Outcome outcome = start().end();
        if (outcome.exit() != 0) {
            throw new AssertionError(main + " ended with " + outcome);
        }
        return outcome;
    }

    Running start() throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                jdk.tool("java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // all the slabs of this run are in one place, and gone at its end
                "-Dparquetflow.slab-directory=" + SharedMemory.ofThisRun()));
        if (jdk.feature() >= 24 && silencesTheJdk) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(arguments);
        Path out = Files.createTempFile(directory, "said", ".out");
        Path err = Files.createTempFile(directory, "said", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    private String classPath() {
        Path build = Path.of(System.getProperty("build.directory"));
        List<String> entries = new ArrayList<>(List.of(build.resolve("classes").toString(), directory.toString()));
        entries.addAll(more);
        for (String library : libraries) {
            entries.add(build.resolve("it").resolve(library) + File.separator + "*");
        }
        return String.join(File.pathSeparator, entries);
    }
}
