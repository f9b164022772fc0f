package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar on JDK 25, which warns of more than 17 does. Skipped where there is none. */
@Tag("machine")
@Execution(ExecutionMode.CONCURRENT)
class NewerJdkIT {
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    @TempDir
    private Path temp;

    /** Ours, or found as CI finds it. */
    private static Optional<Path> java25() throws IOException {
        if (Runtime.version().feature() >= 25) {
            return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
        }
        if (!Files.isDirectory(JDKS)) {
            return Optional.empty();
        }
        try (Stream<Path> jdks = Files.list(JDKS)) {
            return jdks.filter(jdk -> jdk.getFileName().toString().contains("25"))
                    .map(jdk -> jdk.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    private Application.Result run(Appender appender, String... flags) throws Exception {
        Optional<Path> java = java25();
        assumeTrue(java.isPresent(), "no JDK 25 here");
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(appender, directory)
                .java(java.get())
                .flags(flags)
                .run("kinds", "300");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Rows.of(directory, "select count(*), count(distinct body) from logs where body like 'event %'"))
                .containsExactly("300|300");
        return result;
    }

    @ParameterizedTest
    @EnumSource
    void theJvmWarnsOfZstdsNativePartAndOfNothingElse(Appender appender) throws Exception {
        assertThat(run(appender).err().lines().filter(line -> !line.isBlank()))
                .hasSize(4)
                .allMatch(line -> line.startsWith("WARNING: "))
                .anyMatch(line -> line.contains("java.lang.System::load"))
                .anyMatch(line -> line.contains("zstd"))
                .anyMatch(line -> line.contains("--enable-native-access=ALL-UNNAMED"))
                .noneMatch(line -> line.contains("Unsafe"))
                .noneMatch(line -> line.contains("parquetflow"));
    }

    @ParameterizedTest
    @EnumSource
    void theFlagOfTheReadmeSilencesIt(Appender appender) throws Exception {
        assertThat(run(appender, "--enable-native-access=ALL-UNNAMED").err()).isEmpty();
    }
}
