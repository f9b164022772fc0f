package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What got lost on the way to the application is told of; what the application had is not lost, however it ends. */
@Execution(ExecutionMode.CONCURRENT)
class LossIT {
    @TempDir
    private Path temp;

    /** One burst before the receiver's first read, one before the sampling, one before the end of the process. */
    @Test
    void whatTheKernelDroppedAndWhatWasReceivedIsWhatWasSent() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/net/udp")), "no kernel that counts drops");
        Path segments = temp.resolve("captured");
        long sent = 0;
        Outcome outcome;
        try (DatagramSocket socket = new DatagramSocket();
                Running receiver = Program.in(temp, SlowReceiver.class)
                        .flags(AgentJar.taps(segments, "udp"))
                        .start()) {
            int port = receiver.port();
            int line = 0;
            for (int burst : new int[] {100, 300, 50}) {
                for (int i = 0; i < burst; i++) {
                    socket.send(new DatagramPacket(new byte[200], 200, InetAddress.getLoopbackAddress(), port));
                    sent++;
                }
                line++;
                receiver.say("");
                receiver.awaitLast("line", Integer.toString(line));
                if (line == 2) {
                    Thread.sleep(1_100); // once a second
                }
            }
            assertThat(AgentJar.command(temp, "stop", Long.toString(receiver.pid()))
                            .exit())
                    .isZero();
            receiver.say("quit");
            outcome = receiver.end();
        }
        long received = outcome.number("received");
        assertThat(received).isBetween(3L, sent - 3);
        Captured captured = Captured.in(segments);
        assertThat(captured.count("payload is not null").messages()).isEqualTo(received);
        assertThat(captured.number("select sum(kernel_drops) from capture")).isEqualTo(sent - received);
        assertThat(captured.rows("select distinct stream, direction, local, payload is null, remote, truncated"
                        + " from capture where kernel_drops is not null"))
                .containsExactly("udp|in|127.0.0.1:" + outcome.value("port") + "|true|null|false");
        assertThat(captured.number("select count(*) from capture where kernel_drops is null and payload is null"))
                .isZero();
        assertThat(captured.lost()).isZero();
    }

    private static List<byte[]> numbers(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> ByteBuffer.allocate(Long.BYTES).putLong(i).array())
                .toList();
    }

    /** The last ones are in no file yet, only in memory that outlives the process. */
    @Test
    void whatAKilledProcessCapturedIsThereAfterTheNextStart() throws Exception {
        Path segments = temp.resolve("captured");
        String agent = AgentJar.taps(segments, "udp", "durability=process");
        try (UdpSender sender = new UdpSender()) {
            try (Running receiver =
                    Applications.udp(temp, "receive", sender).flags(agent).start()) {
                sender.send(numbers(0, 9_600), receiver.port());
                receiver.awaitCount(9_600);
            } // killed
            assertThat(Captured.in(segments).segments()).as("sealed before").isEmpty();
        }
        List<byte[]> all = new ArrayList<>(numbers(0, 9_600));
        try (UdpSender sender = new UdpSender();
                Running receiver =
                        Applications.udp(temp, "receive", sender).flags(agent).start()) {
            sender.send(numbers(9_600, 9_920), receiver.port());
            all.addAll(numbers(9_600, 9_920));
            receiver.say("quit 320");
            assertThat(receiver.end().exit()).isZero();
        }
        Captured captured = Captured.in(segments);
        assertThat(captured.count("true").messages()).isEqualTo(all.size());
        assertThat(captured.rows("select count(*), count(distinct payload), sum(('0x' || hex(payload))::bigint),"
                        + " count(distinct writer) from capture"))
                .containsExactly("9920|9920|" + 9_920L * 9_919 / 2 + "|2");
        assertThat(captured.lost()).isZero();
    }
}
