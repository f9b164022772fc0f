package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real market feed by UDP on loopback into an ordinary receiver: what is in the segments is what was sent, byte for byte. */
@Execution(ExecutionMode.CONCURRENT)
class UdpFeedIT {
    @TempDir
    private Path temp;

    private Path segments() {
        return temp.resolve("captured");
    }

    private Outcome replay(List<byte[]> feed, String way, UdpSender sender, String agent) throws Exception {
        try (Running receiver = Applications.udp(temp, way, sender).flags(agent).start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit " + sender.sent());
            return receiver.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "read", "scatter", "select", "socket"})
    void everyDatagramOfTheRealFeedIsCaptured(String way) throws Exception {
        List<byte[]> whole = RealFeed.payloads();
        assertThat(Count.of(whole)).isEqualTo(RealFeed.COUNT);
        // all of it once; the other ways to read take its beginning
        List<byte[]> feed = way.equals("receive") ? whole : whole.subList(0, 20_000);
        Count sent = Count.of(feed);
        try (UdpSender sender = new UdpSender()) {
            Outcome outcome = replay(feed, way, sender, AgentJar.taps(segments(), "udp", "memory-limit=256MB"));
            assertThat(outcome.count("udp")).isEqualTo(sent);
            Captured captured = Captured.in(segments());
            assertThat(captured.lost()).isZero();
            assertThat(captured.count("true")).isEqualTo(sent);
            assertThat(captured.rows("select distinct stream, direction, local, remote, truncated from capture"))
                    .containsExactly(
                            "udp|in|127.0.0.1:" + outcome.value("port") + "|127.0.0.1:" + sender.port() + "|false");
            assertThat(captured.rows("select count(distinct writer), min(seq), max(seq) - count(*),"
                            + " count(distinct thread_id), any_value(thread_name) from capture"))
                    .containsExactly("1|0|-1|1|main");
            assertThat(captured.number("select count(*) from capture where ts is null or ts_ns is null"))
                    .isZero();
        }
    }

    /** The receiver waits in a read as the agent comes: that one goes on as it was. */
    @ParameterizedTest
    @ValueSource(strings = {"receive", "read", "socket"})
    void theRealFeedIsCapturedByAnAgentThatComesLate(String way) throws Exception {
        List<byte[]> feed = RealFeed.payloads().subList(0, 20_000);
        AgentJar.path();
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, way, sender)
                        .flags("-XX:+EnableDynamicAgentLoading")
                        .start()) {
            sender.send(UdpSender.madeUp(32, 8), receiver.port());
            receiver.awaitCount(32);
            Outcome attached = AgentJar.command(
                    temp,
                    "attach",
                    Long.toString(receiver.pid()),
                    "taps=udp",
                    "memory-limit=256MB",
                    "directory=" + segments());
            assertThat(attached.exit()).as(attached.toString()).isZero();
            sender.send(UdpSender.madeUp(32, 8), receiver.port());
            receiver.awaitCount(64);
            sender.send(feed, receiver.port());
            receiver.say("quit " + sender.sent());
            assertThat(receiver.end().number("udp.messages")).isEqualTo(64 + feed.size());
            Captured captured = Captured.in(segments());
            assertThat(captured.lost()).isZero();
            assertThat(captured.count("octet_length(payload) > 8")).isEqualTo(Count.of(feed));
            assertThat(captured.rows("select distinct local, remote from capture"))
                    .containsExactly("127.0.0.1:" + receiver.port() + "|127.0.0.1:" + sender.port());
        }
    }

    /** Also datagrams without a byte, which are datagrams, too. */
    @ParameterizedTest
    @ValueSource(strings = {"receive", "socket"})
    void whatIsSentIsCapturedWhenAskedFor(String way) throws Exception {
        List<byte[]> feed = UdpSender.madeUp(3_200, 40);
        try (UdpSender sender = new UdpSender()) {
            Outcome outcome = replay(feed, way, sender, AgentJar.taps(segments(), AgentJar.withOut("udp")));
            Captured captured = Captured.in(segments());
            assertThat(captured.count("direction = 'in'")).isEqualTo(Count.of(feed));
            assertThat(captured.count("direction = 'out'").messages()).isEqualTo(feed.size() / UdpReceiver.EVERY);
            assertThat(captured.rows("select distinct local, remote from capture"))
                    .containsExactly("127.0.0.1:" + outcome.value("port") + "|127.0.0.1:" + sender.port());
            assertThat(captured.rows("select hex(payload) from capture where direction = 'out' order by seq limit 1"))
                    .containsExactly("0000000000000020");
        }
    }

    @Test
    void aRingThatIsTooSmallLosesExactlyWhatItSays() throws Exception {
        List<byte[]> feed = UdpSender.madeUp(40_000, 1_400);
        try (UdpSender sender = new UdpSender()) {
            Outcome outcome = replay(
                    feed,
                    "receive",
                    sender,
                    AgentJar.taps(
                            segments(), "udp", "ring-bytes=64KB", "max-payload=2KB", "codec=zstd", "codec-level=9"));
            assertThat(outcome.count("udp")).isEqualTo(Count.of(feed));
            Captured captured = Captured.in(segments());
            assertThat(captured.lost()).isPositive();
            assertThat(captured.count("true").messages() + captured.lost()).isEqualTo(feed.size());
        }
    }

    @Test
    void aLongPayloadIsCutAndSaysSo() throws Exception {
        List<byte[]> feed = UdpSender.madeUp(320, 1_000);
        try (UdpSender sender = new UdpSender()) {
            replay(feed, "scatter", sender, AgentJar.taps(segments(), "udp", "max-payload=100"));
            Captured captured = Captured.in(segments());
            assertThat(captured.number("select max(octet_length(payload)) from capture"))
                    .isEqualTo(100);
            assertThat(captured.number("select count(*) from capture where truncated"))
                    .isEqualTo(feed.stream()
                            .filter(message -> message.length > 100)
                            .count());
            assertThat(captured.count("true").messages()).isEqualTo(feed.size());
        }
    }

    /** What is done where the JVM does not let the dispatcher into its base module; it warns of it itself. */
    @Test
    void theBootClassPathIsTheOtherWayIn() throws Exception {
        List<byte[]> feed = UdpSender.madeUp(32, 1_000);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags("-Dparquetflow.agent.append=true")
                        .flags(AgentJar.taps(segments(), "udp"))
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit 32");
            receiver.end();
        }
        assertThat(Captured.in(segments()).count("true").messages()).isEqualTo(32);
    }

    /** What a sink would ask for by itself, and in another order. */
    @Test
    void argumentsCountBeforeSystemProperties() throws Exception {
        List<byte[]> feed = UdpSender.madeUp(32, 1_000);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(AgentJar.taps(segments(), "udp", "name=given", "max-payload=100"))
                        .flags("-Dparquetflow.name=property", "-Dparquetflow.max-payload=50")
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit 32");
            receiver.end();
        }
        Captured captured = Captured.in(segments());
        assertThat(captured.segments().get(0).getFileName().toString()).startsWith("given-");
        assertThat(captured.count("true").messages()).isEqualTo(32);
        assertThat(captured.number("select max(octet_length(payload)) from capture"))
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"0-1023, 0", "1024-65535, 64"})
    void onlyFilteredPortsAreCapturedAsFileAndEnvironmentSay(String ports, int expected) throws Exception {
        List<byte[]> feed = UdpSender.madeUp(64, 100);
        Path settings = Files.writeString(
                temp.resolve("flow.conf"),
                "# where to\ndirectory = " + segments() + "\ntaps = udp, tcp\nname = feed\n",
                StandardOpenOption.CREATE_NEW);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(AgentJar.with("@" + settings))
                        .environment("PARQUET_FLOW_FILTER_LOCAL_PORT", ports)
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit 64");
            assertThat(receiver.end().count("udp")).isEqualTo(Count.of(feed));
        }
        Captured captured = Captured.in(segments());
        assertThat(captured.segments()).hasSize(expected == 0 ? 0 : 1);
        if (expected > 0) {
            assertThat(captured.segments().get(0).getFileName().toString()).startsWith("feed-");
            assertThat(captured.count("true")).isEqualTo(Count.of(feed));
        }
    }
}
