package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Arguments of somebody's own methods, whatever carries the bytes. */
@Execution(ExecutionMode.CONCURRENT)
class PointcutsIT {
    @TempDir
    private Path temp;

    @Test
    void everyShapeOfAPayloadIsCapturedAsTheApplicationCountedIt() throws Exception {
        Outcome outcome = Applications.market(temp)
                .flags(AgentJar.capture(
                        temp.resolve("captured"),
                        String.join(
                                ";",
                                "com.acme.Feed#onB*(byte[]) as bytes",
                                "com.acme.Feed#onPart(java.lang.String,byte[],int,int) as part",
                                "com.acme.Feed#onPacket(long,java.nio.ByteBuffer) as packet",
                                "com.acme.Feed#onText(java.lang.CharSequence) as text",
                                "com.acme.Feed#onFixed(byte[]) as fixed",
                                "com.acme.Foreign#onByteBuf(io.netty.buffer.ByteBuf) as bytebuf",
                                "com.acme.Foreign#onDirectBuffer(org.agrona.DirectBuffer,int,int) as directbuffer",
                                "com.acme.Handler+#on*(byte[]) as handlers",
                                "com.acme.Market#lambda$*(java.nio.ByteBuffer) as lambdas")))
                .run()
                .quiet();
        Captured captured = Captured.in(temp.resolve("captured"));
        for (String stream :
                List.of("bytes", "part", "packet", "text", "fixed", "bytebuf", "directbuffer", "handlers", "lambdas")) {
            assertThat(captured.count("stream = '" + stream + "'")).as(stream).isEqualTo(outcome.count(stream));
        }
        assertThat(captured.number("select count(distinct stream) from capture"))
                .isEqualTo(9);
        assertThat(captured.rows("select distinct direction, local, remote from capture"))
                .containsExactly("in|null|null");
    }

    @Test
    void whatAMethodReturnsAndWhatAnArgumentHolds() throws Exception {
        Outcome outcome = Applications.market(temp)
                .flags(AgentJar.capture(
                        temp.resolve("captured"),
                        String.join(
                                ";",
                                "com.acme.Source#next(byte[])->return as returned",
                                "com.acme.Source#onField(int,com.acme.Source.Event)->data as field",
                                "com.acme.Source#onGetter(com.acme.Source$Event)->text() as getter")))
                .run()
                .quiet();
        Captured captured = Captured.in(temp.resolve("captured"));
        for (String stream : List.of("returned", "field", "getter")) {
            assertThat(captured.count("stream = '" + stream + "'")).as(stream).isEqualTo(outcome.count(stream));
        }
        assertThat(captured.rows("select stream, direction, count(*) from capture group by all order by 1"))
                .containsExactly("field|in|100", "getter|in|100", "returned|out|100");
    }

    @Test
    void numbersAndTextsAreColumnsOfTheirOwn() throws Exception {
        Applications.market(temp)
                .flags(AgentJar.capture(temp.resolve("captured"), "com.acme.Book#update(*) as book"))
                .run();
        Captured captured = Captured.in(temp.resolve("captured"));
        assertThat(captured.rows("select symbol, orderId, quantity, price, weight, buy, side, depth, venue from capture"
                        + " order by orderId limit 4"))
                .containsExactly(
                        "MSFT|0|0|0.0|0.0|true|B|0|0",
                        "AAPL|1|-1|0.25|0.5|false|B|-1|300",
                        "AAPL|2|-2|0.5|1.0|true|B|-2|600",
                        "MSFT|3|-3|0.75|1.5|false|B|-3|900");
        assertThat(captured.number("select count(*) from capture where _stream = 'book'"))
                .isEqualTo(100);
    }

    /** The application's messages are the same ones in each run. */
    @Test
    void aLongPayloadIsCutAndSaysSoWhateverHoldsIt() throws Exception {
        String pointcuts = String.join(
                ";",
                "com.acme.Feed#onPart(java.lang.String,byte[],int,int) as part",
                "com.acme.Feed#onPacket(long,java.nio.ByteBuffer) as packet",
                "com.acme.Foreign#onByteBuf(io.netty.buffer.ByteBuf) as bytebuf",
                "com.acme.Foreign#onDirectBuffer(org.agrona.DirectBuffer,int,int) as directbuffer",
                "com.acme.Source#onField(int,com.acme.Source.Event)->data as field");
        for (String most : List.of("64KB", "4")) {
            Applications.market(temp)
                    .flags(AgentJar.capture(temp.resolve(most), pointcuts, "max-payload=" + most))
                    .run();
        }
        String order = " from capture order by seq, stream";
        assertThat(Captured.in(temp.resolve("4")).rows("select stream, hex(payload), truncated" + order))
                .isEqualTo(Captured.in(temp.resolve("64KB"))
                        .rows("select stream, left(hex(payload), 8), octet_length(payload) > 4" + order))
                .anyMatch(row -> row.startsWith("directbuffer|") && row.endsWith("|false"));
    }

    /** The first method that matches says what the columns are. */
    @Test
    void aMethodWithOtherArgumentsIsNotRecorded() throws Exception {
        Outcome outcome = Applications.market(temp)
                .flags(AgentJar.capture(temp.resolve("captured"), "com.acme.Feed#on*(*) as calls"))
                .run()
                .quiet();
        assertThat(outcome.ourErr()).hasSize(1);
        Captured captured = Captured.in(temp.resolve("captured"));
        assertThat(captured.rows("select channel, min(\"offset\"), count(*), sum(length) from capture group by 1"))
                .containsExactly("a|2|100|" + outcome.number("part.bytes"));
    }

    /** Nor are its classes woven: the first of these methods says that the capture begins. */
    @Test
    void whatTheAgentItselfDoesIsNotRecorded() throws Exception {
        Applications.market(temp)
                .flags(AgentJar.capture(
                        temp.resolve("captured"),
                        "io.parquetflow.agent.control.StandardError#say(java.lang.String) as own;"
                                + "com.acme.Feed#onFixed(byte[]) as fixed"))
                .run();
        assertThat(Captured.in(temp.resolve("captured")).rows("select stream, count(*) from capture group by 1"))
                .containsExactly("fixed|100");
    }

    @Test
    void aPointcutThatMatchesNothingHarmsNothing() throws Exception {
        Outcome outcome = Applications.market(temp)
                .flags(AgentJar.capture(
                        temp.resolve("captured"),
                        "com.acme.Gone#onPacket(byte[]) as gone;com.acme.Feed#onFixed(byte[]) as fixed"))
                .run();
        Captured captured = Captured.in(temp.resolve("captured"));
        assertThat(captured.count("true")).isEqualTo(outcome.count("fixed"));
    }

    /** After half a minute, and not again: a class may come late. */
    @Test
    void aPointcutThatMatchesNothingIsToldOnce() throws Exception {
        Outcome outcome;
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(
                                AgentJar.capture(
                                        temp.resolve("captured"),
                                        "com.acme.Gone#onPacket(byte[]) as gone;io.parquetflow.agentit.Tally#*(byte[]) as tally"))
                        .start()) {
            receiver.port();
            Thread.sleep(33_000);
            receiver.say("quit 0");
            outcome = receiver.end();
        }
        assertThat(outcome.quiet().ourErr().stream().filter(line -> line.contains("no method matches")))
                .singleElement()
                .matches(line -> line.contains("no method matches com.acme.Gone#onPacket(byte[]) as gone so far"));
    }

    @Test
    void aPayloadTypeThatTheMethodDoesNotHaveMatchesNothing() throws Exception {
        Outcome outcome = Applications.market(temp)
                .flags(AgentJar.capture(
                        temp.resolve("captured"), "com.acme.Feed#onFixed(java.nio.ByteBuffer) as fixed"))
                .run();
        assertThat(outcome.count("fixed").messages()).isPositive();
        assertThat(Captured.in(temp.resolve("captured")).segments()).isEmpty();
    }
}
