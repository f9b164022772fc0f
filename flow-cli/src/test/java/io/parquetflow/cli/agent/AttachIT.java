package io.parquetflow.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.Flow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands to an agent, on a process that was started without one. */
@Tag("machine")
@Timeout(120)
class AttachIT {
    private static final Pattern RECORDS = Pattern.compile("(?m)^udp +in +\\d+ +(\\d+) +0  0$");

    @TempDir
    Path directory;

    private Process process;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void startAProgram() throws IOException {
        System.setProperty("flow.home", System.getProperty("project.root"));
        start();
    }

    private void start(String... flags) throws IOException {
        List<String> line = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Arrays.stream(flags),
                        Stream.of("-cp", System.getProperty("java.class.path"), Talker.class.getName()))
                .flatMap(words -> words)
                .toList();
        process = new ProcessBuilder(line)
                .redirectError(directory.resolve("err").toFile())
                .start();
        assertThat(process.getInputStream().read()).isEqualTo('r');
    }

    @AfterEach
    void endIt() {
        System.clearProperty("flow.home");
        process.destroyForcibly();
    }

    private int run(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Flow.commandLine(new Flow())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }

    private void ask(String action, String... words) {
        Object[] all = Stream.concat(Stream.of("agent", action, process.pid()), Arrays.stream(words))
                .toArray();
        assertThat(run(all)).as(err.toString()).isZero();
    }

    private long records() {
        Matcher m = RECORDS.matcher(out.toString());
        assertThat(m.find()).as(out.toString()).isTrue();
        return Long.parseLong(m.group(1));
    }

    private List<Path> segments(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    @Test
    void aRunningProcessIsCapturedAndLetGo() throws Exception {
        Path capture = directory.resolve("capture");
        ask("status");
        assertThat(out.toString()).isEqualTo("not running\n");

        assertThat(run("attach", process.pid(), "directory=" + capture, "taps=udp"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("captures udp").contains(capture.toString());
        assertThat(run("attach", process.pid(), "directory=" + capture, "taps=udp"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("runs already: stop it, or reload its configuration");

        do {
            Thread.sleep(100);
            ask("status");
        } while (records() < 100);
        ask("rotate");
        assertThat(segments(capture)).hasSize(1);

        Path file = Files.writeString(
                directory.resolve("agent.conf"), "directory=" + capture + "\ntaps=udp, tcp\nsample=1/2\n");
        ask("reload", "@" + file);
        ask("status");
        assertThat(out.toString()).containsPattern("(?m)^tcp +in");
        assertThat(run("agent", "reload", process.pid(), "taps=udp", "nonsense=1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("flow: process " + process.pid() + ": ")
                .contains("nonsense");

        ask("stop");
        long records = records();
        assertThat(run("agent", "stop", process.pid())).isEqualTo(1);
        assertThat(err.toString()).contains("the agent does not run in this process; attach it first");
        assertThat(process.isAlive()).isTrue();

        String sql = "select count(*), sum(lost), any_value(octet_length(payload)) from capture";
        assertThat(run("sql", sql, capture, "--format", "csv")).isZero();
        assertThat(out.toString().lines().skip(1)).containsExactly(records + ",0,8");
    }

    /** Its rows are put together by another process, from what the agent left of them. */
    @Test
    void whatAKilledProcessCapturedIsRecovered() throws Exception {
        Path capture = directory.resolve("capture");
        assertThat(run("attach", process.pid(), "directory=" + capture, "taps=udp+out"))
                .as(err.toString())
                .isZero();
        do {
            Thread.sleep(100);
            ask("status");
        } while (records() < 100);
        long records = records();
        process.destroyForcibly().waitFor();
        assertThat(segments(capture)).isEmpty();

        assertThat(run("recover", capture)).as(err.toString()).isZero();
        assertThat(segments(capture)).hasSize(1);
        assertThat(run("verify", capture)).as(out.toString()).isZero();
        String sql = "select stream, direction, count(*) >= " + records + ", max(n) - min(n) + 1 - count(*), sum(lost),"
                + " count(distinct local), count(distinct thread_name)"
                + " from (select *, ('0x' || hex(payload))::bigint n from capture) group by 1, 2 order by 2";
        assertThat(run("sql", sql, capture, "--format", "csv")).isZero();
        assertThat(out.toString().lines().skip(1)).containsExactly("udp,in,true,0,0,1,1", "udp,out,true,0,0,1,1");
    }

    @Test
    void aProcessThatLetsNobodyAttachIsSaidWithTheWayOut() throws Exception {
        process.destroyForcibly();
        start("-XX:+DisableAttachMechanism");
        assertThat(run("attach", process.pid(), "directory=" + directory, "taps=udp"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("flow: cannot attach to process " + process.pid())
                .contains("-XX:+DisableAttachMechanism", "-javaagent")
                .hasLineCount(1);
    }
}
