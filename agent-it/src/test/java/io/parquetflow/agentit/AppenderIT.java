package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A service of Spring Boot that logs with our appender and is captured by our agent: twice the same library in one process.
 * The service is the one of the appenders' tests; skipped where that module was not built before.
 */
@Execution(ExecutionMode.CONCURRENT)
class AppenderIT {
    private static final int REQUESTS = 20;
    private static final Path APPENDERS = Path.of(System.getProperty("project.root"), "appender-it");
    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on port (\\d+)[^\n]*\n(?s:.*)Started BootApplication");

    @TempDir
    private Path temp;

    private Program service() throws Exception {
        Path libraries = APPENDERS.resolve("target/it/logback");
        assumeTrue(Files.isDirectory(libraries), "the module appender-it was not built before");
        Path resources = Files.createDirectory(temp.resolve("resources"));
        Files.copy(APPENDERS.resolve("src/test/resources/logback.xml.in"), resources.resolve("logback-spring.xml"));
        return Program.of(
                        temp,
                        "io.parquetflow.it.boot.BootApplication",
                        List.of(resources, APPENDERS.resolve("target/classes"), libraries.resolve("*")))
                .arguments("--server.port=0", "--server.address=127.0.0.1");
    }

    private static void ask(String port) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello"))
                .build();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("hello");
        }
    }

    @Test
    void bothWriteAndNeitherDisturbsTheOther() throws Exception {
        Path segments = temp.resolve("captured");
        Outcome outcome;
        String port;
        try (Running service = service()
                .flags(AgentJar.taps(
                        segments,
                        AgentJar.withOut("tcp"),
                        "capture=io.parquetflow.it.boot.BootApplication#hello()->return as said"))
                .start()) {
            port = service.awaitMatch(STARTED);
            ask(port);
            service.terminate();
            outcome = service.end();
        }
        assertThat(outcome.quiet().ourErr()).singleElement().asString().contains("captures tcp+out");
        assertThat(outcome.out()).contains("Graceful shutdown complete").doesNotContain("WARN", "ERROR");
        Captured captured = Captured.in(segments);
        assertThat(captured.rows("select stream, direction, count(*) from capture"
                        + " where stream = 'said' and payload = 'hello'::blob"
                        + " or direction = 'in' and starts_with(payload::varchar, 'GET /hello HTTP/1.1')"
                        + " or direction = 'out' and starts_with(payload::varchar, 'HTTP/1.1 200')"
                        + " group by all order by all"))
                .containsExactly("said|out|20", "tcp|in|20", "tcp|out|20");
        assertThat(captured.rows("select distinct local from capture where stream = 'tcp'"))
                .containsExactly("127.0.0.1:" + port);
        assertThat(captured.lost()).isZero();
        Captured logged = Captured.in(temp.resolve("logs"));
        assertThat(logged.segments()).hasSize(1);
        assertThat(logged.rows("select count(*), sum(lost), max(seq) from capture where body = 'said hello'")
                        .get(0))
                .startsWith("20|0|");
        assertThat(logged.number("select count(*) - max(seq) from capture")).isEqualTo(1);
    }
}
