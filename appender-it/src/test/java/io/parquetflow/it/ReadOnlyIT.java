package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A container as strict ones are: the root file system is read-only, {@code /tmp} with it, and shared memory has Docker's 64
 * MB. Needs root and {@code unshare}: skipped where they are not.
 */
@Tag("machine")
@Execution(ExecutionMode.CONCURRENT)
class ReadOnlyIT {
    /** Mounts of its own, then the command behind the first two arguments: temporary directory, and what stays writable or nothing. */
    private static final String CONTAINER =
            """
            set -e
            mount --make-rprivate /
            mount -t tmpfs -o size=64m shm /dev/shm
            mount --bind "$1" "$1"
            [ -z "$2" ] || mount --bind "$2" "$2"
            mount -o remount,bind,ro "$1"
            mount -o remount,bind,ro /
            if touch "$1/written" 2>/dev/null; then exit 9; fi
            shift 2
            exec "$@"
            """;

    private static final String TEMPORARY = System.getProperty("java.io.tmpdir");

    @TempDir
    private Path temp;

    private static String[] container(String writable) {
        return new String[] {"unshare", "--mount", "sh", "-c", CONTAINER, "sh", TEMPORARY, writable};
    }

    @BeforeAll
    static void mountsCanBeMade() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(container("")));
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assumeTrue(process.waitFor(10, TimeUnit.SECONDS), "making mounts of one's own hangs");
            assumeTrue(process.exitValue() == 0, "no mounts of one's own: exit code " + process.exitValue());
        } catch (IOException e) {
            assumeTrue(false, "no unshare here: " + e.getMessage());
        }
    }

    private Application application(Appender appender, String writable) {
        return Application.with(appender, temp.resolve("logs"))
                .launchedBy(container(writable))
                .slabWhereItFindsMemory()
                .flagsOfThisJdk();
    }

    @ParameterizedTest
    @EnumSource
    void whereLogsCanBeWrittenTheyAre(Appender appender) throws Exception {
        Path directory = Files.createDirectory(temp.resolve("logs"));
        Application.Result result = application(appender, directory.toString()).run("events", "3000");
        System.out.println(result);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .contains("logged 3000")
                .noneMatch(line -> line.contains("slab")) // 64 MB are enough for one
                .filteredOn(line -> line.contains("codec"))
                .singleElement()
                .asString()
                .contains("codec ZSTD cannot be loaded, taking gzip instead: ");
        assertThat(Rows.of(directory, "select count(*), count(distinct body) from logs where body like 'event %'"))
                .containsExactly("3000|3000");
        assertThat(Rows.of(
                        directory, "select distinct compression from parquet_metadata('" + directory + "/*.parquet')"))
                .containsExactly("GZIP");
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingCanBeWrittenEventsAreCounted(Appender appender) throws Exception {
        Path directory = Files.createDirectory(temp.resolve("logs"));
        Application.Result result = application(appender, "").run("events", "300");
        System.out.println(result);
        HardshipsIT.areCounted(result);
        assertThat(directory).isEmptyDirectory();
    }
}
