package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another agent in the same process, and the JDK's own tools, which get the same options as everybody. */
@Execution(ExecutionMode.CONCURRENT)
class NeighboursIT {
    private static final long TIMEOUT_S = 60;

    @TempDir
    private Path temp;

    private Program withOpenTelemetry(Program program, boolean ourselvesFirst, String ours) {
        List<String> agents = new ArrayList<>(List.of(ours, "-javaagent:" + System.getProperty("opentelemetry.jar")));
        if (!ourselvesFirst) {
            Collections.reverse(agents);
        }
        return program.flags(agents.toArray(new String[0]))
                .flags("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withTheAgentOfOpenTelemetryTheCountsAreTheSame(boolean ourselvesFirst) throws Exception {
        Path segments = temp.resolve("captured");
        Outcome outcome = withOpenTelemetry(
                        Applications.netty(temp),
                        ourselvesFirst,
                        AgentJar.taps(segments, AgentJar.all("netty", "tcp", "udp")))
                .run();
        Captured captured = Captured.in(segments);
        for (String name : List.of("tcp", "udp")) {
            Count count = captured.count("local = '127.0.0.1:" + outcome.value(name + ".port") + "'");
            assertThat(count.bytes()).isEqualTo(outcome.number(name + ".bytes"));
            assertThat(count.sha256()).isEqualTo(outcome.count(name).sha256());
        }
        assertThat(captured.lost()).isZero();
    }

    /** As with another version of what the agent sits on. */
    @Test
    void classesOfTheApplicationAreNotTakenForTheAgents() throws Exception {
        for (String name : List.of(
                "io.parquetflow.LogSink",
                "io.parquetflow.agent.control.Control",
                "net.bytebuddy.agent.builder.AgentBuilder",
                "org.apache.parquet.schema.MessageType")) {
            int dot = name.lastIndexOf('.');
            Path source = temp.resolve(name.replace('.', '/') + ".java");
            Files.createDirectories(source.getParent());
            Files.writeString(
                    source, "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1) + " {}");
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                    .isZero();
        }
        List<byte[]> feed = UdpSender.madeUp(64, 100);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(AgentJar.taps(temp.resolve("captured"), "udp"))
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit 64");
            assertThat(receiver.end().quiet().ourErr()).hasSize(1);
        }
        assertThat(Captured.in(temp.resolve("captured")).count("true")).isEqualTo(Count.of(feed));
    }

    @Test
    void theToolsOfTheJdkAreLeftAlone() throws Exception {
        Path segments = temp.resolve("captured");
        String option = AgentJar.taps(segments, AgentJar.all("udp", "tcp"));
        for (List<String> tool : List.of(
                List.of("jps"), List.of("keytool", "-help"), List.of("jcmd", "-l"), List.of("javac", "-version"))) {
            List<String> command = new ArrayList<>(tool);
            command.set(
                    0,
                    Path.of(System.getProperty("java.home"), "bin", tool.get(0)).toString());
            Path err = Files.createTempFile(temp, "tool", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(err.toFile());
            builder.environment().put("JAVA_TOOL_OPTIONS", option);
            Process process = builder.start();
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(tool.toString()).isZero();
            assertThat(Files.readString(err).lines().filter(line -> line.startsWith("parquet-flow")))
                    .as(tool.toString())
                    .isEmpty();
            assertThat(segments).as(tool.toString()).doesNotExist();
        }
    }
}
