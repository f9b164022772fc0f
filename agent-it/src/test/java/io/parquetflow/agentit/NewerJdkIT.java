package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The agent on JDK 25, whose sockets are other classes inside, and which warns of more than 17 does: the counts are the same,
 * and on standard error is the agent's one line. Skipped where there is none.
 */
@Execution(ExecutionMode.CONCURRENT)
class NewerJdkIT {
    private static final String ROOM = "memory-limit=128MB";

    @TempDir
    private Path temp;

    private Jdk jdk;
    private Path segments;

    @BeforeEach
    void aNewerOneIsHere() throws Exception {
        Optional<Jdk> newer = Jdk.newer();
        assumeTrue(newer.isPresent(), "no JDK 25 here");
        jdk = newer.get();
        segments = temp.resolve("captured");
    }

    /** With no flag but the agent's: nothing is silenced. */
    private Program plain(Program program, String agent) {
        return program.on(jdk).withoutFlagsOfTheJdk().flags(agent);
    }

    private static void saysOneLine(Outcome outcome) {
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("parquet-flow agent: captures ");
    }

    @Test
    void datagrams() throws Exception {
        List<byte[]> feed = UdpSender.madeUp(2_000, 1_000);
        try (UdpSender sender = new UdpSender();
                Running receiver = plain(
                                Applications.udp(temp, "receive", sender), AgentJar.taps(segments, "udp", ROOM))
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.say("quit 2000");
            Outcome outcome = receiver.end();
            assertThat(outcome.exit()).isZero();
            saysOneLine(outcome);
            assertThat(outcome.count("udp")).isEqualTo(Count.of(feed));
        }
        assertThat(Captured.in(segments).count("true")).isEqualTo(Count.of(feed));
    }

    /** The class behind these streams is not the one of JDK 17. */
    @Test
    void streamsOfAChannelsSocket() throws Exception {
        byte[] stream = UdpSender.madeUp(1, 30_000).get(0);
        try (Running server = plain(
                        Applications.tcp(temp, "streams"), AgentJar.taps(segments, AgentJar.withOut("tcp"), ROOM))
                .start()) {
            Applications.sendByTcp(stream, server.port());
            Outcome outcome = server.end();
            saysOneLine(outcome);
            assertThat(Captured.in(segments).count("direction = 'in'")).isEqualTo(outcome.count("tcp"));
            assertThat(Captured.in(segments).count("direction = 'out'").bytes()).isEqualTo(8);
        }
    }

    @Test
    void nettyWithTls() throws Exception {
        Outcome outcome = Applications.netty(temp)
                .on(jdk) // Netty itself needs the JDK's flags to be quiet
                .flags(AgentJar.taps(segments, AgentJar.withOut("netty"), ROOM))
                .run();
        saysOneLine(outcome);
        Captured captured = Captured.in(segments);
        for (String name : List.of("tcp", "tls", "udp")) {
            String local = "'127.0.0.1:" + outcome.value(name + ".port") + "'";
            Count in = captured.count("direction = 'in' and local = " + local);
            assertThat(in.bytes()).as(name).isEqualTo(outcome.number(name + ".bytes"));
            assertThat(in.sha256()).as(name).isEqualTo(outcome.value(name + ".sha256"));
            assertThat(captured.count("direction = 'out' and remote = " + local).sha256())
                    .as(name)
                    .isEqualTo(outcome.value(name + ".sha256"));
        }
    }

    @Test
    void aeron() throws Exception {
        Outcome outcome = Applications.aeron(temp)
                .on(jdk)
                .flags(AgentJar.taps(segments, "aeron", ROOM))
                .run();
        assertThat(outcome.ourErr()).hasSize(1);
        Captured captured = Captured.in(segments);
        assertThat(captured.count("true").bytes()).isEqualTo(outcome.number("all.bytes"));
        assertThat(captured.count("true").sha256()).isEqualTo(outcome.value("all.sha256"));
    }

    @Test
    void quickFix() throws Exception {
        Outcome outcome = plain(
                        Applications.quickFix(temp), AgentJar.taps(segments, AgentJar.withOut("quickfixj"), ROOM))
                .run();
        saysOneLine(outcome);
        assertThat(Captured.in(segments).rows("select direction, count(*) from capture group by 1 order by 1"))
                .containsExactly("in|302", "out|302");
    }

    @Test
    void pointcuts() throws Exception {
        Outcome outcome = Applications.market(temp)
                .on(jdk)
                .flags(AgentJar.capture(
                        segments,
                        String.join(
                                ";",
                                "com.acme.Feed#onPacket(long,java.nio.ByteBuffer) as packet",
                                "com.acme.Foreign#onByteBuf(io.netty.buffer.ByteBuf) as bytebuf",
                                "com.acme.Handler+#on*(byte[]) as handlers",
                                "com.acme.Source#next(byte[])->return as returned",
                                "com.acme.Market#lambda$*(java.nio.ByteBuffer) as lambdas",
                                "com.acme.Book#update(*) as book")))
                .run();
        saysOneLine(outcome);
        Captured captured = Captured.in(segments);
        for (String stream : List.of("packet", "bytebuf", "handlers", "returned", "lambdas")) {
            assertThat(captured.count("stream = '" + stream + "'")).as(stream).isEqualTo(outcome.count(stream));
        }
        assertThat(captured.rows("select count(*), sum(quantity) from capture where orderId is not null"))
                .containsExactly("100|-4950");
    }

    /** Compiled here, as JDK 17 could not: a class of the unnamed package, in the way of how people try things. */
    @Test
    void virtualThreadsAndMemorySegments() throws Exception {
        Path source = Path.of(getClass().getResource("/modern/Modern.java").toURI());
        Process javac = new ProcessBuilder(jdk.tool("javac").toString(), "-g", "-d", temp.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("javac.txt").toFile())
                .start();
        assertThat(javac.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(temp.resolve("javac.txt")).isEmptyFile();
        Outcome outcome = plain(
                        Program.compiled(temp, "Modern"),
                        AgentJar.taps(
                                segments,
                                "tcp",
                                ROOM,
                                "capture=Modern#onSegment(java.lang.foreign.MemorySegment) as segment;"
                                        + "Modern#onBytes(*) as read"))
                .run();
        saysOneLine(outcome);
        Captured captured = Captured.in(segments);
        String server = "local = '127.0.0.1:" + outcome.value("port") + "'";
        assertThat(captured.count("stream = 'tcp'").bytes())
                .isEqualTo(outcome.number("read"))
                .isEqualTo(50_000);
        assertThat(captured.number("select count(distinct remote) from capture where " + server))
                .isEqualTo(50);
        assertThat(captured.number("select count(*) from capture where stream = 'tcp'"))
                .isEqualTo(outcome.number("calls"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            expected.add((i % 2 == 0 ? 64 : 16) + "|" + String.format("%02X00000000000000", i));
        }
        assertThat(captured.rows("select octet_length(payload), hex(payload)[1:16] from capture"
                        + " where stream = 'segment' order by seq limit 3"))
                .containsExactlyElementsOf(expected);
        assertThat(captured.count("stream = 'segment'").bytes()).isEqualTo(outcome.number("sum"));
        assertThat(captured.rows("select count(*), sum(length) from capture where kind = 'v'"))
                .containsExactly(outcome.value("calls") + "|50000");
    }
}
