package io.parquetflow.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * parquet-java as it was years ago, reading in a process of its own: one for all files. The build puts its jars aside,
 * and they take the place of today's on the child's class path.
 *
 * <p>Not thread-safe.
 */
public final class OldReader implements AutoCloseable {
    /** As the parent's {@code old.parquet.version}. */
    public static final String VERSION = "1.15.2";

    private static final Path JARS = Path.of(System.getProperty("project.root"), "flow-core", "target", "old-parquet");

    private final ChildJvm child;

    private OldReader(ChildJvm child) {
        this.child = child;
    }

    /** Starts the process. */
    public static OldReader start() throws IOException {
        List<String> flags = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            flags.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return new OldReader(ChildJvm.start(classPath(), flags, OldReaderChild.class));
    }

    private static String classPath() throws IOException {
        List<String> entries = new ArrayList<>();
        try (Stream<Path> jars = Files.list(JARS)) {
            jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).forEach(entries::add);
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!String.valueOf(Path.of(entry).getFileName()).startsWith("parquet-")) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Which release the child runs with, by its own word. */
    public String version() throws IOException {
        return child.ask("");
    }

    /** Dotted path to digest of its lines, see {@link Leaves#digest}; or what went wrong, under an empty path. */
    public Map<String, String> digests(Path file) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (String leaf : child.ask(file.toString()).split("\\t", -1)) {
            int at = leaf.lastIndexOf('=');
            digests.put(leaf.substring(0, at), leaf.substring(at + 1));
        }
        return digests;
    }

    @Override
    public void close() {
        child.close();
    }
}
