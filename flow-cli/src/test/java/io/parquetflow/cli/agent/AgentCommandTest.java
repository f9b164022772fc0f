package io.parquetflow.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.Flow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said before anything happens to a process. */
class AgentCommandTest {
    private static final String HOME = "flow.home";

    /** The launcher of this JVM's tests, or whoever started it: a process, and none that is attached to. */
    private static final String SOMEBODY =
            Long.toString(ProcessHandle.current().parent().orElseThrow().pid());

    @TempDir
    Path directory;

    private final StringWriter err = new StringWriter();
    private String home;

    @BeforeEach
    void liveElsewhere() {
        home = System.setProperty(HOME, directory.toString());
    }

    @AfterEach
    void goHome() {
        if (home == null) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, home);
        }
    }

    private int run(Object... words) {
        return Flow.commandLine(new Flow())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "attach, Missing required parameter: 'PID'",
                "attach --nonsense 4711, Unknown option: '--nonsense'",
                "attach x, 'x' is not a long",
                "attach 0 taps=udp, PID=0: take another process's number",
                "attach 4711 directory, not KEY=VALUE: directory; a file is @FILE",
                "attach 4711 =udp, not KEY=VALUE: =udp",
                "attach 4711 @a @b, \"one file only, not also @b\"",
                "agent, Missing required parameters",
                "agent start 4711, expected one of",
                "agent status 4711 taps=udp, status takes no keys: taps=udp",
                "agent stop 4711 @file, stop takes no keys: @file"
            })
    void wrongWordsAreUsage(String words, String complaint) {
        assertThat(run((Object[]) words.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).startsWith("flow: ").contains(complaint).hasLineCount(1);
    }

    @Test
    void thisProcessItselfIsRefused() {
        assertThat(run("attach", ProcessHandle.current().pid(), "taps=udp")).isEqualTo(2);
        assertThat(err.toString()).contains("take another process's number");
    }

    @Test
    void aProcessThatIsGoneIsSaid() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        assertThat(run("agent", "status", gone.pid())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("flow: no such process: " + gone.pid() + "; jps lists the JVMs of this user\n");
    }

    @Test
    void aJarThatIsNotBuiltIsSaidWithTheWayToBuildIt() throws Exception {
        assertThat(run("attach", SOMEBODY, "taps=udp")).isEqualTo(1);
        Path target = Files.createDirectories(directory.resolve("agent/target"));
        for (String kind : new String[] {"classes", "sources", "javadoc"}) {
            Files.createFile(target.resolve("parquet-flow-agent-1-" + kind + ".jar"));
        }
        assertThat(run("attach", SOMEBODY, "taps=udp")).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(
                        line -> line.equals(
                                "flow: [" + target
                                        + "] no parquet-flow-agent-*.jar; build it: mvn -pl agent -am -DskipTests package, or give --jar"));
    }

    @Test
    void aJarThatIsNotThereIsSaid() {
        assertThat(run("attach", "--jar", directory.resolve("no.jar"), SOMEBODY, "taps=udp"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("flow: [" + directory.resolve("no.jar") + "] no such file or directory\n");
    }
}
