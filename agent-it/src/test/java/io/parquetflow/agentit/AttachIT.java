package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that runs: the agent comes, is spoken to, goes, and comes again, and the application does not notice. */
@Execution(ExecutionMode.CONCURRENT)
class AttachIT {
    private static final int PART = 320;

    @TempDir
    private Path temp;

    private Running start(UdpSender sender, String... flags) throws Exception {
        AgentJar.path();
        return Applications.udp(temp, "receive", sender)
                .flags("-XX:+EnableDynamicAgentLoading") // said, so that newer JDKs do not warn
                .flags(flags)
                .start();
    }

    private String command(Running receiver, String command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command, Long.toString(receiver.pid())));
        arguments.addAll(List.of(more));
        Outcome outcome = AgentJar.command(temp, arguments.toArray(new String[0]));
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        return outcome.out();
    }

    /** The messages {@code [from, to)}: each is its own number. */
    private static List<byte[]> numbers(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> ByteBuffer.allocate(Long.BYTES).putLong(i).array())
                .toList();
    }

    private static void sendPart(UdpSender sender, Running receiver) throws Exception {
        sender.send(numbers(sender.sent(), sender.sent() + PART), receiver.port());
        receiver.awaitCount(sender.sent());
    }

    /**
     * A read that waits when the agent comes goes on as it was, so its message may be missing.
     *
     * @return the number of the first message that may not
     */
    private static long wake(UdpSender sender, Running receiver) throws Exception {
        sender.send(numbers(sender.sent(), sender.sent() + 1), receiver.port());
        receiver.awaitCount(sender.sent());
        return sender.sent();
    }

    private static Count capturedSince(Path directory, long from) throws Exception {
        return Captured.in(directory).count("('0x' || hex(payload))::bigint >= " + from);
    }

    private static void quit(Running receiver, UdpSender sender) throws Exception {
        receiver.say("quit " + sender.sent());
        Outcome outcome = receiver.end();
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.count("udp")).isEqualTo(Count.of(numbers(0, sender.sent())));
    }

    @Test
    void onlyWhatComesWhileItIsThereIsCaptured() throws Exception {
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender)) {
            sendPart(sender, receiver);
            command(receiver, "attach", "taps=udp", "directory=" + first);
            long from = wake(sender, receiver);
            sendPart(sender, receiver);
            command(receiver, "stop");
            assertThat(capturedSince(first, from)).isEqualTo(Count.of(numbers(from, from + PART)));
            sendPart(sender, receiver);
            command(receiver, "attach", "taps=udp", "directory=" + second);
            from = wake(sender, receiver);
            sendPart(sender, receiver);
            quit(receiver, sender);
            assertThat(capturedSince(second, from)).isEqualTo(Count.of(numbers(from, from + PART)));
            assertThat(Captured.in(first).count("true").messages()).isBetween((long) PART, PART + 1L);
            assertThat(Captured.in(second).count("true").messages()).isBetween((long) PART, PART + 1L);
        }
    }

    @Test
    void twiceAttachedCapturesOnceAndAnswersCommands() throws Exception {
        Path segments = temp.resolve("captured");
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender)) {
            command(receiver, "attach", "taps=udp", "directory=" + segments);
            AgentJar.command(temp, "attach", Long.toString(receiver.pid()), "taps=udp", "directory=" + segments);
            long from = wake(sender, receiver);
            sendPart(sender, receiver);
            assertThat(command(receiver, "status")).containsPattern("udp +in .* 32[01] ");
            command(receiver, "rotate");
            assertThat(capturedSince(segments, from)).isEqualTo(Count.of(numbers(from, from + PART)));
            sendPart(sender, receiver);
            quit(receiver, sender);
            assertThat(capturedSince(segments, from)).isEqualTo(Count.of(numbers(from, from + 2 * PART)));
            assertThat(Captured.in(segments).segments()).hasSize(2);
        }
    }

    @Test
    void aReloadTakesWhatTheFileSaysNow() throws Exception {
        Path segments = temp.resolve("captured");
        Path file = temp.resolve("flow.conf");
        String everything = "directory=" + segments + "\ntaps=udp\n";
        Files.writeString(file, everything);
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender, AgentJar.with("@" + file))) {
            sendPart(sender, receiver);
            Files.writeString(file, everything + "filter-local-port=0-1023\n");
            command(receiver, "reload");
            sendPart(sender, receiver);
            Files.writeString(file, everything);
            command(receiver, "reload");
            sendPart(sender, receiver);
            quit(receiver, sender);
            List<byte[]> expected = new ArrayList<>(numbers(0, PART));
            expected.addAll(numbers(2 * PART, 3 * PART));
            Captured captured = Captured.in(segments);
            assertThat(captured.count("true").messages()).isEqualTo(expected.size());
            assertThat(captured.number("select count(distinct payload) from capture"))
                    .isEqualTo(expected.size());
        }
    }

    /** One process, and what is kept of each part of its feed. */
    @Test
    void filtersAndSamplesAreWhatTheLastReloadSays() throws Exception {
        Path segments = temp.resolve("captured");
        String keys = "taps=udp,directory=" + segments;
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender, AgentJar.with(keys + ",filter-remote=10.*"))) {
            sendPart(sender, receiver);
            command(receiver, "reload", keys, "filter-remote=127.0.*");
            sendPart(sender, receiver);
            command(receiver, "reload", keys, "filter-remote=127.0.0.1:" + (sender.port() - 1));
            sendPart(sender, receiver);
            command(receiver, "reload", keys, "filter-remote=*:" + sender.port());
            sendPart(sender, receiver);
            command(receiver, "reload", keys, "sample=1/4");
            sendPart(sender, receiver);
            command(receiver, "reload", keys, "filter-local-port=" + receiver.port());
            sendPart(sender, receiver);
            quit(receiver, sender);
        }
        assertThat(Captured.in(segments)
                        .rows("select ('0x' || hex(payload))::bigint // " + PART + " part, count(*),"
                                + " count(distinct payload) from capture group by 1 order by 1"))
                .containsExactly("1|320|320", "3|320|320", "4|80|80", "5|320|320");
    }

    /** Who types them is somewhere else than the process. */
    @Test
    void pathsAreRelativeToWhereTheCommandIsGiven() throws Exception {
        Path here = Files.createDirectory(temp.resolve("here"));
        Files.writeString(here.resolve("flow.conf"), "taps=udp\n");
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender)) {
            Outcome attached =
                    AgentJar.command(here, "attach", Long.toString(receiver.pid()), "@flow.conf", "directory=captured");
            assertThat(attached.exit()).as(attached.toString()).isZero();
            sendPart(sender, receiver);
            quit(receiver, sender);
        }
        assertThat(Captured.in(here.resolve("captured")).segments()).hasSize(1);
    }

    /** The sink is another one then, and nothing is lost between the two. */
    @Test
    void aSmallerPayloadIsAllowedFromAReloadOn() throws Exception {
        Path segments = temp.resolve("captured");
        String keys = "taps=udp,directory=" + segments;
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender, AgentJar.with(keys))) {
            for (String most : List.of("4", "6", "64KB")) {
                command(receiver, "reload", keys, "max-payload=" + most);
                sendPart(sender, receiver);
            }
            quit(receiver, sender);
        }
        Captured captured = Captured.in(segments);
        assertThat(captured.rows(
                        "select truncated, octet_length(payload), count(*) from capture group by all order by 2"))
                .containsExactly("true|4|320", "true|6|320", "false|8|320");
        assertThat(captured.lost()).isZero();
    }

    /** What is captured in each stay has no gap and no double, whatever it was in the middle of when it came and went. */
    @Test
    void underLoadItComesAndGoesWithoutAGap() throws Exception {
        int stays = 3;
        try (UdpSender sender = new UdpSender();
                Running receiver = start(sender)) {
            int port = receiver.port();
            AtomicBoolean goesOn = new AtomicBoolean(true);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                try {
                    while (goesOn.get()) {
                        sender.send(numbers(sender.sent(), sender.sent() + 10), port);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int i = 0; i < stays; i++) {
                command(receiver, "attach", "taps=udp", "directory=" + temp.resolve("stay" + i), "memory-limit=128MB");
                Thread.sleep(200);
                command(receiver, "stop");
            }
            goesOn.set(false);
            load.get();
            quit(receiver, sender);
            for (int i = 0; i < stays; i++) {
                Captured captured = Captured.in(temp.resolve("stay" + i));
                assertThat(captured.rows("select count(*) > 100, count(distinct payload) - count(*),"
                                + " max(('0x' || hex(payload))::bigint) - min(('0x' || hex(payload))::bigint) + 1"
                                + " - count(*) - sum(lost) from capture"))
                        .containsExactly("true|0|0");
            }
        }
    }
}
