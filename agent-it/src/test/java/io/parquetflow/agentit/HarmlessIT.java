package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose agent cannot work runs on as if there were none: same output, same exit code. */
@Execution(ExecutionMode.CONCURRENT)
class HarmlessIT {
    @TempDir
    private Path temp;

    private Outcome hello(String arguments) throws Exception {
        Outcome outcome =
                Applications.hello(temp).flags(AgentJar.with(arguments)).start().end();
        assertThat(outcome.out()).isEqualTo("hello\n");
        assertThat(outcome.exit()).isEqualTo(7);
        return outcome;
    }

    private void aLineOfOurs(Outcome outcome, String with) {
        assertThat(outcome.foreignErr()).containsExactly("hello, operator");
        assertThat(outcome.ourErr()).singleElement().asString().contains(with);
    }

    @Test
    void withTheSwitchOff() throws Exception {
        Path segments = temp.resolve("captured");
        assertThat(hello("directory=" + segments + ",taps=udp,enabled=false").err())
                .isEqualTo("hello, operator\n");
        assertThat(segments).doesNotExist();
    }

    @Test
    void withEveryTapAndNothingToCapture() throws Exception {
        Path segments = temp.resolve("captured");
        Outcome outcome =
                hello("directory=" + segments + ",taps=" + AgentJar.all("udp", "tcp", "netty", "aeron", "quickfixj"));
        assertThat(outcome.foreignErr()).containsExactly("hello, operator");
        assertThat(outcome.ourErr()).hasSizeLessThan(2);
        assertThat(Captured.in(segments).segments()).isEmpty();
    }

    /** As where a start script and an image each bring one. */
    @Test
    void aSecondOneChangesNothingAndSaysSo() throws Exception {
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        List<byte[]> feed = UdpSender.madeUp(64, 100);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(AgentJar.taps(first, "udp"), AgentJar.taps(second, "udp"))
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit 64");
            Outcome outcome = receiver.end();
            assertThat(outcome.count("udp")).isEqualTo(Count.of(feed));
            assertThat(outcome.quiet().ourErr()).hasSize(2).anyMatch(line -> line.contains("runs already"));
        }
        assertThat(Captured.in(first).count("true")).isEqualTo(Count.of(feed));
        assertThat(second).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taps=upd",
                "no-such-key=1",
                "max-payload=many",
                "capture=com.acme.Feed",
                "filter-local-port=x",
                "@/no/such/flow.conf"
            })
    void withABrokenConfiguration(String broken) throws Exception {
        String said = broken.startsWith("@") ? "flow.conf" : broken.substring(broken.indexOf('=') + 1);
        Path segments = temp.resolve("captured");
        aLineOfOurs(hello(broken + ",directory=" + segments), broken.startsWith("no-such") ? "no-such-key" : said);
    }

    @Test
    void withoutADirectory() throws Exception {
        aLineOfOurs(hello("taps=udp"), "directory");
    }

    @Test
    void withADirectoryThatIsAFile() throws Exception {
        Path file = Files.writeString(temp.resolve("captured"), "in the way");
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(AgentJar.taps(file, "udp"))
                        .start()) {
            List<byte[]> feed = UdpSender.madeUp(100, 100);
            sender.send(feed, receiver.port());
            receiver.say("quit 100");
            Outcome outcome = receiver.end();
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.count("udp")).isEqualTo(Count.of(feed));
            assertThat(outcome.quiet().ourErr()).anyMatch(line -> line.contains(file.toString()));
        }
        assertThat(file).hasContent("in the way");
    }

    @Test
    void withADirectoryThatCannotBeWritten() throws Exception {
        assumeFalse(System.getProperty("user.name").equals("root"), "root may write anywhere: skipped");
        Path locked = Files.createDirectory(temp.resolve("locked"));
        assertThat(locked.toFile().setWritable(false)).isTrue();
        aLineOfOurs(hello("directory=" + locked + ",taps=udp"), locked.toString());
        assertThat(locked.toFile().setWritable(true)).isTrue();
    }
}
