package io.parquetflow.agentit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A JDK of this machine. */
record Jdk(Path home, int feature) {
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final int NEWER = 25;

    /** The one that runs the tests. */
    static Jdk ours() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** Ours, or found as CI finds it. */
    static Optional<Jdk> newer() throws IOException {
        if (Runtime.version().feature() >= NEWER) {
            return Optional.of(ours());
        }
        if (!Files.isDirectory(JDKS)) {
            return Optional.empty();
        }
        try (Stream<Path> jdks = Files.list(JDKS)) {
            return jdks.filter(jdk -> jdk.getFileName().toString().contains(Integer.toString(NEWER)))
                    .map(jdk -> new Jdk(jdk, NEWER))
                    .filter(jdk -> Files.isExecutable(jdk.tool("javac")))
                    .findFirst();
        }
    }

    Path tool(String name) {
        return home.resolve("bin").resolve(name);
    }
}
