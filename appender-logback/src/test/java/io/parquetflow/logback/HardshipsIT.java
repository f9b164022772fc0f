package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Where the appender has little, or nothing: the application starts and runs all the same, and is told. */
@Execution(ExecutionMode.CONCURRENT)
class HardshipsIT {
    @TempDir
    private Path temp;

    @Test
    void littleMemoryIsEnough() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.in(directory)
                .flags("-Xmx64m", "-XX:MaxDirectMemorySize=10m")
                .flagsOfThisJdk()
                .run("events", "3000");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(Rows.of(directory, "select count(*), count(distinct body) from logs"))
                .containsExactly("3000|3000");
    }

    private static int dropped(String lines) {
        return Pattern.compile("(\\d+) events were dropped")
                .matcher(lines)
                .results()
                .mapToInt(line -> Integer.parseInt(line.group(1)))
                .sum();
    }

    private void eventsAreCounted(Path directory) throws Exception {
        Application.Result result = Application.in(directory).flagsOfThisJdk().run("events", "300");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("PARQUET keeps no events for now, and counts them: ")
                .contains("the sink could not be opened; the status says why")
                .contains("logged 300");
        assertThat(result.err()).startsWith("parquet-flow: PARQUET: ");
        assertThat(dropped(result.err())).isEqualTo(300);
    }

    @Test
    void whereAFileIsInTheDirectorysPlaceEventsAreCounted() throws Exception {
        Path directory = temp.resolve("logs");
        Files.writeString(directory, "not a directory");
        eventsAreCounted(directory);
        assertThat(Files.readString(directory)).isEqualTo("not a directory");
    }

    @Test
    void whereNothingCanBeWrittenEventsAreCounted() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("logs"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(directory), "root may write anywhere");
        try {
            eventsAreCounted(directory);
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void codecsThatAreNotThereAreToldAndReplaced() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.in(directory)
                .elements("<codec>snappy</codec>")
                .flags("-Dparquetflow.codec.body=lz4_raw")
                .flagsOfThisJdk()
                .run("events", "3000");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("codec SNAPPY cannot be loaded, taking gzip instead: ")
                .contains("add org.xerial.snappy:snappy-java to the class path")
                .contains("column body: codec LZ4_RAW cannot be loaded, taking the file's instead: ")
                .contains("add io.airlift:aircompressor 2.x to the class path");
        assertThat(Rows.of(
                        directory, "select distinct compression from parquet_metadata('" + directory + "/*.parquet')"))
                .containsExactly("GZIP");
        assertThat(Rows.of(directory, "select count(*) from logs")).containsExactly("3000");
    }
}
