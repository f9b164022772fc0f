package io.parquetflow.cli.agent;

import io.parquetflow.cli.shell.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * Where the agent's jar is: the one that this checkout built, or another one.
 *
 * <p>Not thread-safe: one run on one thread.
 */
public final class AgentJar {
    private static final String HOME = "flow.home"; // the flow script says it
    private static final Pattern NAME =
            Pattern.compile("parquet-flow-agent-(?!.*-(classes|sources|javadoc)\\.jar).*\\.jar");

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The agent's jar, as the process finds it (default: the one that was built here).")
    private Path jar;

    /** What picocli fills in. */
    public AgentJar() {}

    /**
     * The jar, by a path that holds in other directories, too.
     *
     * @return a file
     * @throws IOException when there is no such file
     */
    public Path find() throws IOException {
        Path found = jar != null ? jar : built();
        if (!Files.isRegularFile(found)) {
            throw new NoSuchFileException(found.toString());
        }
        return found.toAbsolutePath().normalize();
    }

    private static Path built() throws IOException {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new CommandFailed("no agent's jar: give it with --jar, or start this with ./flow, which builds it");
        }
        Path target = Path.of(home, "agent", "target");
        List<Path> jars = List.of();
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                jars = files.filter(file ->
                                NAME.matcher(file.getFileName().toString()).matches())
                        .toList();
            }
        }
        return jars.stream()
                .max(Comparator.comparing(AgentJar::built))
                .orElseThrow(
                        () -> new CommandFailed(
                                "[" + target
                                        + "] no parquet-flow-agent-*.jar; build it: mvn -pl agent -am -DskipTests package, or give --jar"));
    }

    private static long built(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
