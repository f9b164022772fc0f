package io.parquetflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.Flow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's story as a new user sees it, shorter. */
@Tag("machine")
class AgentDemoIT {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void comeHome() {
        System.setProperty("flow.home", System.getProperty("project.root"));
    }

    @AfterEach
    void goAway() {
        System.clearProperty("flow.home");
    }

    private int demo() {
        out.getBuffer().setLength(0);
        return Flow.commandLine(new Flow())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(
                        "demo",
                        "--agent",
                        "--directory",
                        directory.resolve("capture").toString(),
                        "--seconds",
                        "1",
                        "--rate",
                        "10000");
    }

    @Test
    void whatIsCapturedIsWhatTheReceiverCounted() {
        for (int i = 0; i < 2; i++) { // what an earlier run captured is not counted again
            assertThat(demo()).as(out.toString()).isZero();
            assertThat(out.toString())
                    .contains("  | parquet-flow agent: captures udp")
                    .containsPattern("the receiver counted +10,001 +450,045\n")
                    .containsPattern("captured +10,001 +450,045\n")
                    .containsPattern("lost, by the files +0\n")
                    .containsPattern("segments +1\n")
                    .containsPattern("127\\.0\\.0\\.1:\\d+ +127\\.0\\.0\\.1:\\d+ +main +10001");
        }
    }
}
