package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The applications alone: they count what was sent, so that what they count may be held against an agent. */
@Execution(ExecutionMode.CONCURRENT)
class WithoutAgentIT {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"receive", "read", "scatter", "select", "socket"})
    void aReceiverCountsWhatWasSentByUdp(String way) throws Exception {
        List<byte[]> messages = UdpSender.madeUp(1_000, 1_400);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, way, sender).start()) {
            sender.send(messages, receiver.port());
            receiver.say("quit 1000");
            assertThat(receiver.end().quiet().count("udp")).isEqualTo(Count.of(messages));
        }
    }

    @Test
    void theRealFeedArrivesWhole() throws Exception {
        List<byte[]> feed = RealFeed.payloads();
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender).start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit " + feed.size());
            assertThat(receiver.end().quiet().count("udp")).isEqualTo(RealFeed.COUNT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "scatter", "socket", "bytes", "streams"})
    void aServerCountsWhatWasSentByTcp(String way) throws Exception {
        byte[] stream = UdpSender.madeUp(1, 50_000).get(0);
        try (Running server = Applications.tcp(temp, way).start()) {
            Applications.sendByTcp(stream, server.port());
            Count counted = server.end().quiet().count("tcp");
            assertThat(counted.bytes()).isEqualTo(stream.length);
            assertThat(counted.sha256()).isEqualTo(Count.of(List.of(stream)).sha256());
        }
    }

    @Test
    void theNettysCountTheSame() throws Exception {
        Outcome nio = Applications.netty(temp).run().quiet();
        Outcome epoll = Applications.nettyWithEpoll(temp).run().quiet();
        for (String name : List.of("tcp", "tls", "udp")) {
            assertThat(epoll.count(name)).isEqualTo(nio.count(name));
            assertThat(nio.count(name).messages()).isEqualTo(NettyFeed.MESSAGES);
        }
    }

    @Test
    void aeronHandsOverAll() throws Exception {
        Outcome outcome = Applications.aeron(temp).run().quiet();
        assertThat(outcome.number("all.messages")).isEqualTo(12 * outcome.number("udp.named.messages"));
    }

    @Test
    void theTwoSidesOfQuickFixAgree() throws Exception {
        Outcome outcome = Applications.quickFix(temp).run().quiet();
        assertThat(outcome.count("acceptor.in")).isEqualTo(outcome.count("initiator.out"));
        assertThat(outcome.count("acceptor.out")).isEqualTo(outcome.count("initiator.in"));
    }

    @Test
    void theMarketCallsAll() throws Exception {
        assertThat(Applications.market(temp).run().quiet().number("lambdas.messages"))
                .isPositive();
    }
}
