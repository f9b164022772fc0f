package io.parquetflow.cli.captures;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the real captures, which are not part of the repository; a test that needs one is skipped without it. */
public final class SharedData {
    private SharedData() {}

    /** The file of that name: in {@code -Dshared.data}, or in {@code shared/data} beside the project or higher up. */
    public static Path file(String name) {
        List<Path> candidates = new ArrayList<>();
        String folder = System.getProperty("shared.data");
        if (folder != null) {
            candidates.add(Path.of(folder, name));
        }
        Path above = Path.of(System.getProperty("project.root", "")).toAbsolutePath();
        while ((above = above.getParent()) != null) {
            candidates.add(above.resolve("shared/data").resolve(name));
        }
        Path found =
                candidates.stream().filter(Files::isRegularFile).findFirst().orElse(null);
        assumeTrue(found != null, () -> "skipped, since the real capture is not here: " + candidates);
        return found;
    }
}
