package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the appender has little, or nothing: the application starts and runs all the same, and is told. */
@Tag("machine")
@Execution(ExecutionMode.CONCURRENT)
class HardshipsIT {
    private static final Pattern DROPPED = Pattern.compile("(\\d+) events were dropped");

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void littleMemoryIsEnough(Appender appender) throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(appender, directory)
                .flags("-Xmx64m", "-XX:MaxDirectMemorySize=10m")
                .flagsOfThisJdk()
                .run("events", "3000");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(Rows.of(directory, "select count(*), count(distinct body) from logs"))
                .containsExactly("3000|3000");
    }

    private static int dropped(String lines) {
        return DROPPED.matcher(lines)
                .results()
                .mapToInt(line -> Integer.parseInt(line.group(1)))
                .sum();
    }

    /** All of 300 events. */
    static void areCounted(Application.Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("PARQUET keeps no events for now, and counts them: ")
                .contains("the sink could not be opened; the status says why")
                .contains("logged 300");
        assertThat(result.err()).startsWith("parquet-flow: PARQUET: ");
        assertThat(dropped(result.err())).isEqualTo(300);
    }

    private static Application.Result log(Appender appender, Path directory) throws Exception {
        return Application.with(appender, directory).flagsOfThisJdk().run("events", "300");
    }

    @ParameterizedTest
    @EnumSource
    void whereAFileIsInTheDirectorysPlaceEventsAreCounted(Appender appender) throws Exception {
        Path directory = temp.resolve("logs");
        Files.writeString(directory, "not a directory");
        areCounted(log(appender, directory));
        assertThat(Files.readString(directory)).isEqualTo("not a directory");
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingCanBeWrittenEventsAreCounted(Appender appender) throws Exception {
        Path directory = Files.createDirectory(temp.resolve("logs"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(directory), "root may write anywhere");
        try {
            areCounted(log(appender, directory));
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void codecsThatAreNotThereAreToldAndReplaced(Appender appender) throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(appender, directory)
                .configured(file -> file.key("codec", "snappy"))
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

    @ParameterizedTest
    @EnumSource
    void keysAndValuesThatCannotBeAreToldWithTheWayOut(Appender appender) throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(appender, directory)
                .configured(file -> {
                    file.key("rotateBytes", "lots");
                    file.key("dropBelow", "LOUD");
                    file.key("rotateBites", "1MB"); // nobody's: the framework says so
                    file.option("rotate-bites", "1MB");
                })
                .flagsOfThisJdk()
                .run("events", "3000");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .anyMatch(line -> line.matches(".*key=rotate-bytes, value=lots.*64KB.*it is passed over.*"))
                .anyMatch(line -> line.matches(".*key=drop-below, value=LOUD.*allowed: TRACE.*it is passed over.*"))
                .anyMatch(line -> line.matches(".*key=rotate-bites.*docs/configuration.md.*it is passed over.*"))
                .anyMatch(line -> line.contains("rotateBites"))
                .contains("logged 3000");
        assertThat(Rows.of(directory, "select count(*) from logs")).containsExactly("3000");
    }

    /** An application that came to Log4j by way of SLF4J 1.7 has that, whatever the jar asks for. */
    @Test
    void anOldSlf4jIsEnough() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(Appender.LOG4J, directory)
                .library("slf4j-1.7.36") // in front of the newer one
                .flagsOfThisJdk()
                .run("events", "3000");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualToIgnoringNewLines("logged 3000");
        assertThat(result.err().lines()).as("its own words").allMatch(line -> line.startsWith("SLF4J: "));
        assertThat(Rows.of(directory, "select count(*) from logs")).containsExactly("3000");
    }

    @Test
    void withoutAnySlf4jTheApplicationRunsAndIsTold() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(Appender.LOG4J, directory)
                .withoutSlf4j()
                .flagsOfThisJdk()
                .run("events", "300");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsOnlyOnce("PARQUET keeps no events: java.lang.NoClassDefFoundError: org/slf4j/LoggerFactory: "
                        + "add org.slf4j:slf4j-api to the class path")
                .contains("logged 300");
    }
}
