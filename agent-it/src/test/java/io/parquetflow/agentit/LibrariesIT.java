package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Conservation: the bytes at the tap for messages are those that the application counted, and those at the tap for sockets where
 * the JDK's sockets are used. With both taps the outer one records, and nothing is there twice.
 */
@Execution(ExecutionMode.CONCURRENT)
class LibrariesIT {
    /** For the writer may be slow at first, in a build that does other things. */
    private static final String ROOM = "memory-limit=128MB";

    @TempDir
    private Path temp;

    private Path segments(String name) {
        return temp.resolve(name);
    }

    private static String local(Outcome outcome, String name) {
        return "local = '127.0.0.1:" + outcome.value(name + ".port") + "'";
    }

    // ---- QuickFIX/J

    @Test
    void messagesOfQuickFix() throws Exception {
        Outcome outcome = Applications.quickFix(temp)
                .flags(AgentJar.taps(segments("fix"), AgentJar.withOut("quickfixj"), ROOM))
                .run();
        Captured captured = Captured.in(segments("fix"));
        long in = outcome.number("acceptor.in.bytes") + outcome.number("initiator.in.bytes");
        assertThat(captured.count("direction = 'in'").bytes()).isEqualTo(in);
        assertThat(captured.count("direction = 'out'").bytes()).isEqualTo(in);
        assertThat(captured.rows("select direction, count(*) from capture group by 1 order by 1"))
                .containsExactly("in|302", "out|302");
        assertThat(captured.count("direction = 'in' and contains(hex(payload), hex('35=W'))")
                        .messages())
                .isEqualTo(300);
        assertThat(captured.rows("select distinct stream from capture")).containsExactly("quickfixj");
    }

    @Test
    void socketsOfQuickFix() throws Exception {
        Outcome outcome = Applications.quickFix(temp)
                .flags(AgentJar.taps(segments("tcp"), "tcp", ROOM))
                .run();
        Captured captured = Captured.in(segments("tcp"));
        String acceptor = "local = '127.0.0.1:" + outcome.value("port") + "'";
        Count counted = outcome.count("acceptor.in");
        assertThat(captured.count(acceptor).bytes()).isEqualTo(counted.bytes());
        assertThat(captured.count(acceptor).sha256()).isEqualTo(counted.sha256());
        assertThat(captured.count("not " + acceptor).sha256())
                .isEqualTo(outcome.count("initiator.in").sha256());
    }

    @Test
    void bothOfQuickFix() throws Exception {
        Outcome outcome = Applications.quickFix(temp)
                .flags(AgentJar.taps(segments("both"), AgentJar.all("tcp", "quickfixj"), ROOM))
                .run();
        Captured captured = Captured.in(segments("both"));
        assertThat(captured.count("true").bytes())
                .isEqualTo(outcome.number("acceptor.in.bytes") + outcome.number("initiator.in.bytes"));
        assertThat(captured.rows("select distinct stream from capture")).containsExactly("quickfixj");
    }

    // ---- Netty

    private void nettysBytesAreTheApplications(Outcome outcome, Captured captured) throws Exception {
        theStreamIsTheApplications(outcome, captured, "tcp", "direction = 'in' and " + local(outcome, "tcp"));
        assertThat(captured.count("direction = 'in' and " + local(outcome, "udp")))
                .isEqualTo(outcome.count("udp"));
        assertThat(captured.lost()).isZero();
    }

    private static void theStreamIsTheApplications(Outcome outcome, Captured captured, String name, String where)
            throws Exception {
        Count count = captured.count(where);
        assertThat(count.bytes()).as(name).isEqualTo(outcome.number(name + ".bytes"));
        assertThat(count.sha256()).as(name).isEqualTo(outcome.value(name + ".sha256"));
    }

    /** With TLS the pipeline has both: what is meant is recorded, once. What is sent comes in somewhere. */
    private void nettysMessagesAreTheApplicationsBothWays(Outcome outcome, Captured captured) throws Exception {
        nettysBytesAreTheApplications(outcome, captured);
        theStreamIsTheApplications(outcome, captured, "tls", "direction = 'in' and " + local(outcome, "tls"));
        for (String name : List.of("tcp", "tls", "udp")) {
            theStreamIsTheApplications(
                    outcome,
                    captured,
                    name,
                    "direction = 'out' and remote = '127.0.0.1:" + outcome.value(name + ".port") + "'");
        }
        assertThat(captured.rows("select distinct stream from capture")).containsExactly("netty");
    }

    @Test
    void pipelinesOfNettyWithNio() throws Exception {
        Outcome outcome = Applications.netty(temp)
                .flags(AgentJar.taps(segments("netty"), AgentJar.withOut("netty"), ROOM))
                .run();
        nettysMessagesAreTheApplicationsBothWays(outcome, Captured.in(segments("netty")));
    }

    @Test
    void pipelinesOfNettyWithEpoll() throws Exception {
        Outcome outcome = Applications.nettyWithEpoll(temp)
                .flags(AgentJar.taps(segments("epoll"), AgentJar.withOut("netty"), ROOM))
                .run();
        nettysMessagesAreTheApplicationsBothWays(outcome, Captured.in(segments("epoll")));
    }

    @Test
    void socketsOfNetty() throws Exception {
        Outcome outcome = Applications.netty(temp)
                .flags(AgentJar.taps(segments("sockets"), AgentJar.all("tcp", "udp"), ROOM))
                .run();
        Captured captured = Captured.in(segments("sockets"));
        nettysBytesAreTheApplications(outcome, captured);
        assertThat(captured.rows("select distinct stream from capture order by 1"))
                .containsExactly("tcp", "udp");
        assertThat(captured.count(local(outcome, "tls")).bytes()).isGreaterThan(outcome.number("tls.bytes"));
    }

    @Test
    void bothOfNetty() throws Exception {
        Outcome outcome = Applications.netty(temp)
                .flags(AgentJar.taps(segments("both"), AgentJar.all("netty", "tcp", "udp"), ROOM))
                .run();
        Captured captured = Captured.in(segments("both"));
        nettysBytesAreTheApplications(outcome, captured);
        assertThat(captured.rows("select distinct stream from capture")).containsExactly("netty");
    }

    /** A socket tap sees what TLS made of it; the handler behind it gets what was meant. */
    @Test
    void theHandlerBehindTlsOfNetty() throws Exception {
        Outcome outcome = Applications.netty(temp)
                .flags(AgentJar.capture(
                        segments("tls"),
                        "io.parquetflow.agentit.NettyFeed$Messages#channelRead0("
                                + "io.netty.channel.ChannelHandlerContext,io.netty.buffer.ByteBuf) as plain"))
                .run();
        Captured captured = Captured.in(segments("tls"));
        assertThat(captured.count("stream = 'plain'").bytes())
                .isEqualTo(outcome.number("tcp.bytes") + outcome.number("tls.bytes"));
        assertThat(captured.count("stream = 'plain'").messages()).isEqualTo(2L * NettyFeed.MESSAGES);
        assertThat(captured.count("seq >= " + NettyFeed.MESSAGES)).isEqualTo(outcome.count("tls"));
    }

    // ---- Aeron

    @Test
    void everySubscriptionOfAeron() throws Exception {
        Outcome outcome = Applications.aeron(temp)
                .flags(AgentJar.taps(segments("aeron"), "aeron", ROOM))
                .run();
        Captured captured = Captured.in(segments("aeron"));
        assertThat(captured.lost()).isZero();
        Count all = outcome.count("all");
        assertThat(captured.count("true").bytes()).isEqualTo(all.bytes());
        assertThat(captured.count("true").sha256()).isEqualTo(all.sha256());
        assertThat(captured.rows("select distinct stream, direction, truncated from capture"))
                .containsExactly("aeron|in|false");
        assertThat(captured.lost()).isZero();
    }

    @Test
    void bothOfAeron() throws Exception {
        Outcome outcome = Applications.aeron(temp)
                .flags(AgentJar.taps(segments("both"), AgentJar.all("aeron", "udp"), ROOM))
                .run();
        Captured captured = Captured.in(segments("both"));
        assertThat(captured.count("true").bytes()).isEqualTo(outcome.number("all.bytes"));
        assertThat(captured.count("true").sha256())
                .isEqualTo(outcome.count("all").sha256());
    }

    /** The driver reads frames: more bytes than messages, and none of those that go through memory. */
    @Test
    void socketsOfAeron() throws Exception {
        Outcome outcome = Applications.aeron(temp)
                .flags(AgentJar.taps(segments("udp"), "udp", ROOM))
                .run();
        Captured captured = Captured.in(segments("udp"));
        long byUdp = outcome.number("udp.named.bytes")
                + outcome.number("udp.lambda.bytes")
                + outcome.number("udp.assembler.bytes")
                + outcome.number("udp.controlled.bytes")
                + outcome.number("udp.block.bytes")
                + outcome.number("udp.raw.bytes");
        assertThat(captured.count("true").bytes()).isBetween(byUdp, byUdp * 3 / 2);
    }
}
