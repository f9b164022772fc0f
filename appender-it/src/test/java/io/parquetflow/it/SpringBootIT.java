package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spring Boot with the dependency and the configuration, nothing else: what is on the console is in one segment. Given
 * {@code logback.xml}, Spring Boot starts Logback's appenders, stops them, and starts them again.
 */
@Execution(ExecutionMode.CONCURRENT)
class SpringBootIT {
    @TempDir
    private Path temp;

    private static void theConsolesEventsAreInOneSegment(BootRun run) throws Exception {
        assertThat(run.events())
                .anyMatch(event -> event.startsWith("Starting BootApplication"))
                .anyMatch(event -> event.startsWith("Started BootApplication"))
                .contains("said hello")
                .anyMatch(event -> event.startsWith("Graceful shutdown complete"));
        assertThat(run.said()).doesNotContain("WARN").doesNotContain("ERROR").doesNotContain("parquet-flow: ");
        assertThat(run.segments()).hasSize(1);
        assertThat(Rows.of(run.logs(), "select split_part(body, chr(10), 1) from logs order by seq"))
                .containsExactlyInAnyOrderElementsOf(run.events());
        assertThat(Rows.of(run.logs(), "select count(distinct writer), min(seq), max(seq) - count(*) from logs"))
                .containsExactly("1|0|-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logback.xml", "logback-spring.xml"})
    void withLogback(String name) throws Exception {
        theConsolesEventsAreInOneSegment(BootRun.in(temp, "logback", "logback.xml.in", name));
    }

    @Test
    void withLog4j() throws Exception {
        Path jar = Path.of(
                System.getProperty("build.directory"),
                "it",
                "log4j",
                "parquet-flow-log4j2-" + System.getProperty("project.version") + ".jar");
        assumeTrue(Files.exists(jar), "no jar of the Log4j 2 appender: " + jar);
        try (JarFile classes = new JarFile(jar.toFile())) {
            assumeTrue(classes.getEntry("io/parquetflow/log4j2/ParquetAppender.class") != null, "it is still empty");
        }
        theConsolesEventsAreInOneSegment(BootRun.in(temp, "log4j", "log4j2.xml.in", "log4j2-spring.xml"));
    }
}
